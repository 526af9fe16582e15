import type { Account, NewAccount, Role } from '../../../src/port/accounts.ts';
import { checkPassword, policyOf, type Policy } from '../access/policy.ts';
import { beginSession, sessionFacts, stageOf } from '../access/sessions.ts';
import { signIn } from '../access/sign-in.ts';
import { newSecret, secretUri, stepOf } from '../access/totp.ts';
import { bodyOf, done, whoOf, type Act, type Answer, type Asked, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/** Signing in and out, the first accounts, one's own password and second factor. */
export function sessionRoutes(world: World): Handlers {
  return {
    reads: {
      getSetup: async () => {
        const { minLength, classes, secondFactor } = await policyOf(world.accounts);
        return { json: { needed: (await world.accounts.accounts()).length === 0, policy: { minLength, classes, secondFactor } } };
      },
      getSession: async ({ who }) => ({ json: who === null ? { state: 'none' } : sessionFacts(who, await policyOf(world.accounts)) }),
    },
    acts: {
      setUp: (asked) => setUp(asked, world),
      logIn: (asked) => logIn(asked, world),
      logOut: async (asked) => {
        const { account, session } = whoOf(asked);
        return { object: `account ${account.login}`, perform: () => world.accounts.endSession(session.hash).then(() => ({ ...done, cookie: null })) };
      },
      changePassword: (asked) => changePassword(asked, world),
      beginSecondFactor: (asked) => beginSecondFactor(asked, world),
      confirmSecondFactor: (asked) => confirmSecondFactor(asked, world),
    },
  };
}

interface Setup {
  readonly token: string;
  readonly secondFactor?: Policy['secondFactor'];
  readonly accounts: readonly { readonly login: string; readonly name: string; readonly role: Role; readonly password: string }[];
}

async function setUp(asked: Asked, world: World): Promise<Act> {
  const { token, secondFactor, accounts } = bodyOf<Setup>(asked);
  if ((await world.accounts.accounts()).length > 0) throw new Refusal(409, 'SETUP_OVER');
  if (!world.setup.fits(token)) throw new Refusal(401, 'SETUP_TOKEN_WRONG');
  const roles = accounts.map((one) => one.role);
  if (new Set(roles).size < roles.length || new Set(accounts.map((one) => one.login)).size < roles.length) throw new Refusal(422, 'SETUP_ROLES_TWICE');
  if (!(['system', 'security', 'audit'] as const).every((role) => roles.includes(role))) throw new Refusal(422, 'SETUP_ROLES_MISSING');
  const policy = { ...await policyOf(world.accounts), ...(secondFactor === undefined ? {} : { secondFactor }) };
  for (const one of accounts) checkPassword(one.password, one, policy);
  const now = world.clock.wallMs();
  const made: NewAccount[] = [];
  for (const one of accounts) made.push({ ...blank(now), login: one.login, name: one.name, role: one.role, state: 'enabled', password: await world.passwords.hash(one.password), createdBy: 'setup' });
  return {
    object: 'accounts', actor: { login: 'setup', role: '' }, after: { accounts: made.map(({ login, role }) => ({ login, role })), secondFactor: policy.secondFactor },
    perform: async () => {
      if (await world.accounts.add(made, { first: true }) === null) throw new Refusal(409, 'SETUP_OVER');
      await world.accounts.setSetting('policy', JSON.stringify(policy));
      world.setup.spend();
      return done;
    },
  };
}

/** An account with nothing in it yet. */
export function blank(now: number): Omit<NewAccount, 'login' | 'name' | 'password' | 'createdBy'> {
  return {
    role: null, datasets: null, state: 'disabled', passwordAt: now, mustChange: false, secret: null, newSecret: null, usedStep: 0, createdAt: now, lastLoginAt: null,
  };
}

async function logIn(asked: Asked, world: World): Promise<Act> {
  const wish = bodyOf<{ readonly login: string; readonly password: string; readonly code?: string }>(asked);
  const account = await signIn(wish, asked.address, world);
  return {
    object: `account ${account.login}`, actor: { login: account.login, role: account.role ?? '' },
    perform: async () => {
      const { token, session } = await beginSession(account, asked, world);
      return { json: await facts({ account, session }, world), cookie: token };
    },
  };
}

async function changePassword(asked: Asked, world: World): Promise<Act> {
  const { account, session } = whoOf(asked);
  const { old, new: wanted } = bodyOf<{ readonly old: string; readonly new: string }>(asked);
  const policy = await policyOf(world.accounts);
  await again(account, old, world);
  checkPassword(wanted, account, policy);
  for (const earlier of await world.accounts.oldPasswords(account.id, Math.max(policy.history, 1))) {
    if (await world.passwords.fits(wanted, earlier)) throw new Refusal(422, 'PASSWORD_USED_BEFORE', { history: policy.history });
  }
  const password = await world.passwords.hash(wanted);
  return {
    object: `account ${account.login}`,
    perform: () => changed(account, { password, passwordAt: world.clock.wallMs(), mustChange: false }, { session, world }),
  };
}

async function beginSecondFactor(asked: Asked, world: World): Promise<Act> {
  const { account } = whoOf(asked);
  await again(account, bodyOf<{ readonly password: string }>(asked).password, world);
  const secret = newSecret();
  return {
    object: `account ${account.login}`,
    perform: async () => {
      if (!(await world.accounts.change(account, { newSecret: world.keys.seal(secret) }))) throw new Refusal(409, 'MOVED_ON');
      return { json: { secret, uri: secretUri(secret, { site: world.site().name, login: account.login }) } };
    },
  };
}

async function confirmSecondFactor(asked: Asked, world: World): Promise<Act> {
  const { account, session } = whoOf(asked);
  const secret = account.newSecret === null ? null : world.keys.unseal(account.newSecret);
  const step = secret === null ? null : stepOf(bodyOf<{ readonly code: string }>(asked).code, secret, { atMs: world.clock.wallMs(), usedStep: account.usedStep });
  if (step === null) throw new Refusal(422, 'CODE_WRONG');
  return {
    object: `account ${account.login}`,
    perform: () => changed(account, { secret: account.newSecret, newSecret: null, usedStep: step }, { session, world }),
  };
}

/** Who changes what opens the door shows again that the door is theirs. */
async function again(account: Account, password: string, { accounts, passwords, clock }: World): Promise<void> {
  const recent = await accounts.failures('login', `again ${account.id}`, clock.wallMs() - 15 * 60_000);
  if (recent.length >= 5) throw new Refusal(429, 'ACCOUNT_LOCKED', { minutes: 15 });
  if (await passwords.fits(password, account.password)) return;
  await accounts.noteFailure('login', `again ${account.id}`, clock.wallMs());
  throw new Refusal(422, 'PASSWORD_WRONG');
}

async function changed(account: Account, change: Partial<Account>, { session, world }: { readonly session: { readonly hash: string }; readonly world: World }): Promise<Answer> {
  const { accounts, clock } = world;
  if (!(await accounts.change(account, change))) throw new Refusal(409, 'MOVED_ON');
  const now: Account = { ...account, ...change };
  await accounts.endSessions(account.id, session.hash);
  await accounts.touch(session.hash, { stage: stageOf(now, await policyOf(accounts), clock.wallMs()) });
  const kept = await accounts.session(session.hash);
  if (kept === null) throw new Refusal(401, 'NOT_SIGNED_IN');
  return { json: await facts({ account: now, session: kept }, world) };
}

async function facts({ account, session }: Pick<Parameters<typeof sessionFacts>[0], 'account' | 'session'>, world: World): Promise<unknown> {
  const permissions = session.stage === 'full' && account.role !== null ? world.rights[account.role] : [];
  return sessionFacts({ account, session, permissions }, await policyOf(world.accounts));
}
