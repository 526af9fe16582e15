import { expect } from 'chai';
import { codeOf } from '../../console/server/access/totp.ts';
import { Hall, password, type Visitor } from './hall.ts';

const minuteMs = 60_000;

describe('signing in', () => {
  let hall: Hall;

  beforeEach(async () => {
    hall = await Hall.open();
  });
  afterEach(() => hall.close());

  it('has no account until somebody with the one-time token makes the first', async () => {
    expect((await hall.visitor().ask('GET', '/api/setup')).json).to.deep.include({ needed: true });
    const wrong = await hall.visitor().ask('POST', '/api/setup', { token: 'guessed', accounts: ['system', 'security', 'audit'].map((role) => ({ login: role, name: 'x', role, password })) });
    expect(wrong.json['code']).to.equal('SETUP_TOKEN_WRONG');
    expect((await hall.setUp()).status).to.equal(200);
    expect((await hall.visitor().ask('GET', '/api/setup')).json).to.deep.include({ needed: false });
    expect((await hall.setUp()).json['code']).to.equal('SETUP_OVER');
  });
  it('begins with three different administrators', async () => {
    const ask = (rolesOf: readonly string[]): Promise<unknown> => hall.visitor().ask('POST', '/api/setup', {
      token: hall.running.setupToken, accounts: rolesOf.map((role, at) => ({ login: `person${at}`, name: 'x', role, password })),
    }).then((reply) => reply.json['code']);
    expect(await ask(['system', 'security', 'operator'])).to.equal('SETUP_ROLES_MISSING');
    expect(await ask(['system', 'system', 'security', 'audit'])).to.equal('SETUP_ROLES_TWICE');
  });
  it('gives a cookie that no script can read and no other site can send', async () => {
    await hall.setUp();
    const reply = await hall.visitor().signIn('operator', password);
    expect(String(reply.headers['set-cookie'])).to.match(/^qilian=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(reply.json).to.deep.include({ state: 'in', stage: 'full', role: 'operator' });
  });
  it('says the same of an unknown login and of a wrong password', async () => {
    await hall.setUp();
    const [unknown, wrong] = [await hall.visitor().signIn('nobody', password), await hall.visitor().signIn('operator', 'Another 1000 words')];
    expect([unknown.status, unknown.text]).to.deep.equal([wrong.status, wrong.text]);
  });
  it('locks a login after five failures within 15 minutes for 30, whether there is such an account or not', async () => {
    await hall.setUp();
    for (const login of ['operator', 'nobody']) {
      for (let turn = 0; turn < 5; turn += 1) expect((await hall.visitor().signIn(login, 'wrong')).json['code']).to.equal('SIGN_IN_WRONG');
      expect((await hall.visitor().signIn(login, password)).json['code']).to.equal('ACCOUNT_LOCKED');
    }
    hall.clock.moveOn(29 * minuteMs);
    expect((await hall.visitor().signIn('operator', password)).json['code']).to.equal('ACCOUNT_LOCKED');
    hall.clock.moveOn(2 * minuteMs);
    expect((await hall.visitor().signIn('operator', password)).status).to.equal(200);
  });
  it('never locks the last security administrator out of the machine itself', async () => {
    await hall.setUp();
    for (let turn = 0; turn < 6; turn += 1) expect((await hall.visitor().signIn('security', 'wrong')).json['code']).to.equal('SIGN_IN_WRONG');
    expect((await hall.visitor().signIn('security', password)).status).to.equal(200);
  });
  it('ends a session after 15 idle minutes, and after 8 hours however busy', async () => {
    await hall.setUp();
    const idle = await hall.as('operator');
    hall.clock.moveOn(15 * minuteMs);
    expect((await idle.ask('GET', '/api/session')).json['state']).to.equal('none');
    const busy = await hall.as('security');
    for (let turn = 0; turn < 47; turn += 1) {
      hall.clock.moveOn(10 * minuteMs);
      expect((await busy.ask('GET', '/api/policy')).status).to.equal(200);
    }
    hall.clock.moveOn(10 * minuteMs);
    expect((await busy.ask('GET', '/api/policy')).status).to.equal(401);
  });
  it('is not kept alive by pages that only look whether it lives', async () => {
    await hall.setUp();
    const visitor = await hall.as('operator');
    for (let turn = 0; turn < 3; turn += 1) {
      hall.clock.moveOn(5 * minuteMs);
      await visitor.ask('GET', '/api/session');
    }
    expect((await visitor.ask('GET', '/api/session')).json['state']).to.equal('none');
  });
  it('is not kept alive by readings that a page makes by itself', async () => {
    await hall.setUp();
    const visitor = await hall.as('security');
    for (let turn = 0; turn < 3; turn += 1) {
      hall.clock.moveOn(5 * minuteMs);
      await visitor.ask('GET', '/api/accounts', undefined, { 'x-by-itself': '1' });
    }
    expect((await visitor.ask('GET', '/api/accounts')).status).to.equal(401);
  });
  it('has one session for each account: a later one ends the earlier', async () => {
    await hall.setUp();
    const first = await hall.as('audit');
    await hall.as('audit');
    expect((await first.ask('GET', '/api/audit')).status).to.equal(401);
  });
  it('takes nothing from another site’s page', async () => {
    await hall.setUp();
    const visitor = await hall.as('audit');
    const ask = (headers: Readonly<Record<string, string>>): Promise<unknown> => visitor.ask('POST', '/api/audit/verification', undefined, headers).then((reply) => reply.json['code'] ?? reply.status);
    expect(await ask({ 'x-csrf': 'guessed' })).to.equal('NOT_FROM_OUR_PAGES');
    expect(await ask({ origin: 'http://evil.example' })).to.equal('NOT_FROM_OUR_PAGES');
    expect(await ask({ 'sec-fetch-site': 'cross-site' })).to.equal('NOT_FROM_OUR_PAGES');
    expect(await ask({})).to.equal(200);
  });
  it('asks for the second factor to be set up first where the policy requires one, and for its code at every login', async () => {
    await hall.setUp('required');
    const visitor = await hall.as('security');
    expect((await visitor.ask('GET', '/api/policy')).json['code']).to.equal('SESSION_UNFINISHED');
    const secret = await enrol(visitor);
    expect((await visitor.ask('GET', '/api/policy')).status).to.equal(200);
    const later = hall.visitor();
    expect((await later.signIn('security', password)).json['code']).to.equal('SECOND_FACTOR_NEEDED');
    expect((await later.signIn('security', password, '000000')).json['code']).to.equal('SIGN_IN_WRONG');
    hall.clock.moveOn(minuteMs);
    expect((await later.signIn('security', password, code(secret))).status).to.equal(200);
    expect((await hall.visitor().signIn('security', password, code(secret))).json['code']).to.equal('SIGN_IN_WRONG');
  });
  it('changes a password only by the policy, and not back to one of the last five', async () => {
    await hall.setUp();
    const visitor = await hall.as('operator');
    const change = (old: string, next: string): Promise<unknown> => visitor.ask('POST', '/api/session/password', { old, new: next }).then((reply) => reply.json['code'] ?? reply.status);
    expect(await change('not mine', 'Fresh 1000 words')).to.equal('PASSWORD_WRONG');
    expect(await change(password, 'Short1!')).to.equal('PASSWORD_TOO_SHORT');
    expect(await change(password, 'onlysmallletters')).to.equal('PASSWORD_TOO_SIMPLE');
    expect(await change(password, 'Operator-20261123')).to.equal('PASSWORD_NAMES_OWNER');
    expect(await change(password, 'P@ssw0rd20261123!')).to.equal('PASSWORD_COMMON');
    expect(await change(password, password)).to.equal('PASSWORD_USED_BEFORE');
    expect(await change(password, 'Fresh 1000 words')).to.equal(200);
    expect(await change('Fresh 1000 words', password)).to.equal('PASSWORD_USED_BEFORE');
  });
  it('wants a new password after 90 days before anything else', async () => {
    await hall.setUp();
    hall.clock.moveOn(85 * 24 * 60 * minuteMs);
    await hall.as('operator');
    hall.clock.moveOn(6 * 24 * 60 * minuteMs);
    expect((await (await hall.as('operator')).ask('GET', '/api/session')).json['stage']).to.equal('password');
  });
  it('forgets an account that nobody has used for 90 days', async () => {
    await hall.setUp();
    hall.clock.moveOn(91 * 24 * 60 * minuteMs);
    expect((await hall.visitor().signIn('operator', password)).json['code']).to.equal('SIGN_IN_WRONG');
  });
  it('keeps no password and no second factor that could be read', async () => {
    await hall.setUp();
    const visitor = await hall.as('operator');
    const secret = await enrol(visitor);
    const kept = JSON.stringify(await hall.store.accounts.accounts());
    expect(kept).to.not.include(password).and.not.include(secret);
  });

  function code(secret: string): string {
    return codeOf(secret, Math.floor(hall.clock.wallMs() / 30_000));
  }

  async function enrol(visitor: Visitor): Promise<string> {
    const begun = await visitor.ask('POST', '/api/session/second-factor', { password });
    const secret = String(begun.json['secret']);
    const confirmed = await visitor.ask('POST', '/api/session/second-factor/confirm', { code: code(secret) });
    expect(confirmed.json).to.deep.include({ stage: 'full', secondFactor: true });
    return secret;
  }
});
