import { computed, readonly, shallowReactive } from 'vue';
import { call, signWith, whenSignedOut } from '../api/call.ts';
import type { PasswordRules, Session } from '../api/calls.ts';

/** Who sits here, as the server knows. */
interface Here {
  session: Session;
  /** Set while the first accounts have yet to be made. */
  setup: PasswordRules | null;
  /** The site's name, once a figure has told it. */
  site: string;
  /** The session ended by itself while somebody was at work. */
  ended: boolean;
}

const here = shallowReactive<Here>({ session: { state: 'none' }, setup: null, site: '', ended: false });

/** The session as pages may read it. */
export function useSession(): Readonly<Here> {
  return readonly(here) as Readonly<Here>;
}

/** Whether somebody is fully signed in: nothing is left to be set up. */
export const within = computed(() => here.session.state === 'in' && here.session.stage === 'full');

/** Asks the server who sits here, and whether anybody could yet. */
export async function openSession(): Promise<void> {
  whenSignedOut(() => {
    here.ended = here.session.state === 'in';
    enter({ state: 'none' });
  });
  enter(await call('getSession', {}));
  if (here.session.state === 'none') {
    const setup = await call('getSetup', {});
    here.setup = setup.needed ? setup.policy : null;
  }
}

/** Takes a session the server has given. */
export function enter(session: Session): void {
  here.session = session;
  if (session.state === 'in') here.ended = false;
  signWith(session.csrf ?? '');
}

/** The first accounts have been made. */
export function setUpDone(): void {
  here.setup = null;
}

/** Ends the session here and at the server. */
export async function leave(): Promise<void> {
  await call('logOut', {}).catch(() => undefined);
  enter({ state: 'none' });
}

/** Whether any of these permissions is the session's; what the server then allows is its own judgement. */
export function may(...permissions: readonly string[]): boolean {
  return permissions.some((one) => here.session.permissions?.includes(one) === true);
}

/** Remembers the site's name for the head of the page. */
export function nameSite(site: string): void {
  here.site = site;
}
