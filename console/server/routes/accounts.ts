import type { Account, Role } from '../../../src/port/accounts.ts';
import type { Json } from '../../../src/port/audit.ts';
import { oneTimePassword } from '../access/password.ts';
import { policyOf, type Policy } from '../access/policy.ts';
import { passwordEnds } from '../access/sessions.ts';
import { lockedUntil, loginSubject } from '../access/sign-in.ts';
import { bodyOf, whoOf, type Act, type Asked, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { blank } from './session.ts';

/** Accounts: one administrator makes them, another gives them rights; nobody does both, and nobody to themselves. */
export function accountRoutes(world: World): Handlers {
  const act = (prepare: (account: Account, asked: Asked) => Promise<Omit<Act, 'object'>>) => async (asked: Asked): Promise<Act> => {
    const account = await world.accounts.account(Number(asked.path['account']));
    if (account === null) throw new Refusal(404, 'ACCOUNT_UNKNOWN');
    if (account.id === whoOf(asked).account.id) throw new Refusal(403, 'NOT_ONES_OWN');
    return { object: `account ${account.login}`, ...await prepare(account, asked) };
  };
  return {
    reads: {
      listAccounts: async (asked) => ({ json: { accounts: await Promise.all((await world.accounts.accounts()).map((one) => shown(one, asked, world))) } }),
      getPolicy: async () => ({ json: await policyOf(world.accounts) }),
    },
    acts: {
      createAccount: (asked) => create(asked, world),
      grantRights: act((account, asked) => grant(account, asked, world)),
      disableAccount: act(async (account, asked) => {
        await keepLast(account, null, world);
        return change(account, { state: 'disabled' }, { asked, world });
      }),
      unlockAccount: act(async (account, asked) => ({
        perform: async () => {
          await world.accounts.forgetFailures('login', loginSubject(account.login));
          return { json: await shown(account, asked, world) };
        },
      })),
      resetAccount: act((account, asked) => reset(account, asked, world)),
      changePolicy: async (asked) => {
        const { policy } = bodyOf<{ readonly policy: Policy }>(asked);
        return {
          object: 'policy', before: { ...await policyOf(world.accounts) }, after: { ...policy },
          perform: async () => {
            await world.accounts.setSetting('policy', JSON.stringify(policy));
            return { json: policy };
          },
        };
      },
    },
  };
}

async function create(asked: Asked, world: World): Promise<Act> {
  const { login, name } = bodyOf<{ readonly login: string; readonly name: string }>(asked);
  if (await world.accounts.byLogin(login) !== null) throw new Refusal(409, 'LOGIN_TAKEN');
  const word = oneTimePassword();
  const password = await world.passwords.hash(word);
  return {
    object: `account ${login}`, after: { login, state: 'disabled', role: null },
    perform: async () => {
      const made = await world.accounts.add([{ ...blank(world.clock.wallMs()), login, name, password, mustChange: true, createdBy: whoOf(asked).account.login }]);
      const account = made === null ? null : await world.accounts.account(made[0] ?? 0);
      if (account === null) throw new Refusal(409, 'LOGIN_TAKEN');
      return { status: 201, json: { account: await shown(account, asked, world), password: word } };
    },
  };
}

async function grant(account: Account, asked: Asked, world: World): Promise<Omit<Act, 'object'>> {
  const { role, datasets = null } = bodyOf<{ readonly role: Role; readonly datasets?: readonly string[] | null }>(asked);
  if (account.createdBy === whoOf(asked).account.login) throw new Refusal(403, 'SECOND_PERSON_NEEDED');
  const unknown = datasets?.find((name) => !world.site().datasets.some((one) => one.dataset === name));
  if (unknown !== undefined) throw new Refusal(422, 'DATASET_UNKNOWN', { dataset: unknown, known: world.site().datasets.map((one) => one.dataset).join('、') });
  await keepLast(account, role, world);
  return change(account, { role, datasets, state: 'enabled' }, { asked, world });
}

async function reset(account: Account, asked: Asked, world: World): Promise<Omit<Act, 'object'>> {
  await keepLast(account, null, world);
  const word = oneTimePassword();
  const password = await world.passwords.hash(word);
  const changed = await change(account, { password, passwordAt: world.clock.wallMs(), mustChange: true, secret: null, newSecret: null, state: 'disabled' }, { asked, world });
  return {
    ...changed,
    perform: async () => {
      await changed.perform();
      const now = await world.accounts.account(account.id) ?? account;
      return { json: { account: await shown(now, asked, world), password: word } };
    },
  };
}

/** The last enabled administrator of a kind stays one: without them nobody could mend anything. */
async function keepLast(account: Account, role: Role | null, { accounts }: World): Promise<void> {
  if (account.state !== 'enabled' || account.role === null || account.role === role || !['system', 'security', 'audit'].includes(account.role)) return;
  const others = (await accounts.accounts()).filter((one) => one.id !== account.id && one.state === 'enabled' && one.role === account.role);
  if (others.length === 0) throw new Refusal(409, 'LAST_OF_ITS_KIND', { role: account.role });
}

async function change(account: Account, wanted: Partial<Account>, { asked, world }: { readonly asked: Asked; readonly world: World }): Promise<Omit<Act, 'object'>> {
  return {
    before: rightsOf(account), after: rightsOf({ ...account, ...wanted }),
    perform: async () => {
      if (!(await world.accounts.change(account, wanted))) throw new Refusal(409, 'MOVED_ON');
      await world.accounts.endSessions(account.id);
      return { json: await shown({ ...account, ...wanted }, asked, world) };
    },
  };
}

function rightsOf({ role, datasets, state }: Account): Json {
  return { role, datasets, state };
}

async function shown(one: Account, asked: Asked, world: World): Promise<unknown> {
  const policy = await policyOf(world.accounts);
  return {
    id: one.id, login: one.login, name: one.name, role: one.role, datasets: one.datasets, state: one.state, secondFactor: one.secret !== null,
    createdAt: one.createdAt, createdBy: one.createdBy, lastLoginAt: one.lastLoginAt,
    lockedUntil: await lockedUntil(one.login, policy, { accounts: world.accounts, now: world.clock.wallMs() }),
    passwordEndsAt: passwordEnds(one, policy), own: one.id === whoOf(asked).account.id,
  };
}
