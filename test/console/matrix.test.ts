import { expect } from 'chai';
import { roles, type Role } from '../../src/port/accounts.ts';
import { description, Hall, type Visitor } from './hall.ts';

type Identity = Role | 'anonymous';

const identities: readonly Identity[] = ['anonymous', ...roles];
const anybody = ['public', 'machine'];

/** A path of the description with something in every place. */
function filled(path: string): string {
  return path.replace(':run', '1').replace(':ticket', 'abc').replace(':job', 'licences').replace(':dataset', 'licences').replace(':table', 'yes-no').replaceAll(/:\w+/g, '999');
}

/** What a cell of the matrix must be: let in, asked to sign in, or refused. */
function expected(permissions: readonly string[], identity: Identity): 'in' | 'NOT_SIGNED_IN' | 'NOT_ALLOWED' {
  if (permissions.some((one) => anybody.includes(one))) return 'in';
  if (identity === 'anonymous') return 'NOT_SIGNED_IN';
  return permissions.includes('self') || permissions.some((one) => description.rights[identity].includes(one)) ? 'in' : 'NOT_ALLOWED';
}

describe('who may do what', () => {
  let hall: Hall;
  let visitors: ReadonlyMap<Identity, Visitor>;

  before(async () => {
    hall = await Hall.open();
    await hall.setUp();
    visitors = new Map<Identity, Visitor>([['anonymous', hall.visitor()]]);
    for (const role of roles) visitors = new Map([...visitors, [role, await hall.as(role)]]);
  });
  after(() => hall.close());

  for (const one of description.operations) {
    if (one.id === 'getStream' || one.id === 'logOut') continue;
    it(`${one.id}: six identities, each let in or refused as the description says`, async () => {
      for (const identity of identities) {
        const visitor = visitors.get(identity);
        const before = hall.trail.head().seq;
        const reply = await visitor?.ask(one.method.toUpperCase(), filled(one.path), one.takes === 'application/json' ? {} : undefined);
        const code = String(reply?.json['code'] ?? '');
        const found = code === 'NOT_SIGNED_IN' || code === 'NOT_ALLOWED' ? code : 'in';
        expect([identity, found], `${one.id} ${reply?.status} ${code}`).to.deep.equal([identity, expected(one.permissions, identity)]);
        if (found !== 'in') expect(reply?.status).to.equal(found === 'NOT_SIGNED_IN' ? 401 : 403);
        const written = hall.trail.head().seq - before;
        if (one.act) expect(written, `${one.id} by ${identity} leaves one entry`).to.be.oneOf(reply?.status !== undefined && reply.status >= 400 ? [1, 2] : [1]);
        else if (found === 'NOT_ALLOWED') expect(written, `${one.id} refused to ${identity} leaves one entry`).to.equal(1);
      }
    });
  }
  it('signing out and the live figures are for whoever has signed in, and may see figures', async () => {
    expect((await hall.visitor().ask('GET', '/api/stream')).json['code']).to.equal('NOT_SIGNED_IN');
    expect((await visitors.get('audit')?.ask('GET', '/api/stream'))?.json['code']).to.equal('NOT_ALLOWED');
    expect((await hall.visitor().ask('POST', '/api/logout')).json['code']).to.equal('NOT_SIGNED_IN');
    const leaving = await hall.as('reader');
    expect((await leaving.ask('POST', '/api/logout')).status).to.equal(200);
    expect((await leaving.ask('GET', '/api/overview')).json['code']).to.equal('NOT_SIGNED_IN');
  });
  it('a route or a method that is not described is refused to everybody', async () => {
    for (const visitor of visitors.values()) {
      for (const [method, path] of [['GET', '/api'], ['GET', '/api/secrets'], ['DELETE', '/api/audit'], ['PUT', '/api/audit'], ['POST', '/api/overview'], ['GET', '/api/Jobs'], ['GET', '/api/jobs/']] as const) {
        expect((await visitor.ask(method, path)).json['code'], `${method} ${path}`).to.equal('ROUTE_UNKNOWN');
      }
    }
  });
});

describe('two people, and nobody over themselves', () => {
  let hall: Hall;

  beforeEach(async () => {
    hall = await Hall.open();
    await hall.setUp();
  });
  afterEach(() => hall.close());

  it('an account is made by one and given rights by another, and begins with its own password', async () => {
    const [system, security] = [await hall.as('system'), await hall.as('security')];
    const made = await system.ask('POST', '/api/accounts', { login: 'newcomer', name: 'New Comer', reason: 'joins the office' });
    expect(made.json['account']).to.deep.include({ state: 'disabled', role: null });
    const word = String(made.json['password']);
    expect((await hall.visitor().signIn('newcomer', word)).json['code']).to.equal('SIGN_IN_WRONG');
    const id = String((made.json['account'] as { id: number }).id);
    expect((await system.ask('PUT', `/api/accounts/${id}/rights`, { role: 'system', reason: 'alone' })).json['code']).to.equal('NOT_ALLOWED');
    expect((await security.ask('PUT', `/api/accounts/${id}/rights`, { role: 'operator', datasets: ['items'], reason: 'works on items' })).json).to.deep.include({ state: 'enabled', role: 'operator' });
    const newcomer = hall.visitor();
    expect((await newcomer.signIn('newcomer', word)).json['stage']).to.equal('password');
    expect((await newcomer.ask('GET', '/api/overview')).json['code']).to.equal('SESSION_UNFINISHED');
    expect((await newcomer.ask('POST', '/api/session/password', { old: word, new: 'Mare milk in 2026' })).json['stage']).to.equal('full');
    expect((await newcomer.ask('GET', '/api/overview')).status).to.equal(200);
  });
  it('nobody changes their own account, and the last administrator of a kind stays', async () => {
    const [system, security] = [await hall.as('system'), await hall.as('security')];
    const all = (await security.ask('GET', '/api/accounts')).json['accounts'] as readonly { id: number; login: string; own: boolean }[];
    const id = (login: string): number => all.find((one) => one.login === login)?.id ?? 0;
    const codeOf = async (asking: Promise<{ json: Readonly<Record<string, unknown>> }>): Promise<unknown> => (await asking).json['code'];
    for (const [method, path, body] of [['PUT', 'rights', { role: 'reader', reason: 'rest' }], ['POST', 'disable', { reason: 'rest' }], ['POST', 'unlock', { reason: 'rest' }]] as const) {
      expect(await codeOf(security.ask(method, `/api/accounts/${id('security')}/${path}`, body)), path).to.equal('NOT_ONES_OWN');
    }
    expect(await codeOf(system.ask('POST', `/api/accounts/${id('system')}/reset`, { reason: 'forgot' }))).to.equal('NOT_ONES_OWN');
    expect(await codeOf(security.ask('POST', `/api/accounts/${id('audit')}/disable`, { reason: 'quiet' }))).to.equal('LAST_OF_ITS_KIND');
    expect(await codeOf(system.ask('POST', `/api/accounts/${id('security')}/reset`, { reason: 'forgot' }))).to.equal('LAST_OF_ITS_KIND');
  });
  it('rights taken away end the session at once', async () => {
    const [security, operator] = [await hall.as('security'), await hall.as('operator')];
    const all = (await security.ask('GET', '/api/accounts')).json['accounts'] as readonly { id: number; login: string }[];
    const id = all.find((one) => one.login === 'operator')?.id ?? 0;
    expect((await security.ask('POST', `/api/accounts/${id}/disable`, { reason: 'left the office' })).json['state']).to.equal('disabled');
    expect((await operator.ask('GET', '/api/overview')).json['code']).to.equal('NOT_SIGNED_IN');
  });
  it('auditors see everybody’s deeds; of theirs, and only of theirs, security administrators see', async () => {
    const [auditor, security, system] = [await hall.as('audit'), await hall.as('security'), await hall.as('system')];
    await system.ask('POST', '/api/jobs/licences/pause', { reason: 'maintenance of the library' });
    await auditor.ask('POST', '/api/audit/verification');
    const seen = async (visitor: Visitor): Promise<readonly { actor: string; action: string; reason: string | null }[]> =>
      (await visitor.ask('GET', '/api/audit')).json['entries'] as readonly { actor: string; action: string; reason: string | null }[];
    expect((await seen(auditor)).find((one) => one.action === 'pauseJob')).to.deep.include({ actor: 'system', reason: 'maintenance of the library' });
    expect(new Set((await seen(security)).map((one) => one.actor))).to.deep.equal(new Set(['audit']));
  });
});
