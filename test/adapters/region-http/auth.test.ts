import { hash } from 'node:crypto';
import { expect } from 'chai';
import { aepSignature, signedHeaders } from '../../../adapters/region-http/auth.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';

const form1 = { appKey: 'demo-key', secret: 'demo-token', nonce: 'abc123', timestamp: '1750000000', bodyDigest: '' };
const form2 = { appKey: 'demo-key', secret: 'demo-secret', nonce: 'abc123', timestamp: '1750000000.123', bodyDigest: '' };

describe('the x-aep signature', () => {
  it('of form 1 is the known one', () => {
    expect(aepSignature(1, form1)).to.equal('456D27357BE37E2A707C4C044CA09B21C42CCFC0D777EA760944F831694ABAF9');
  });
  it('of form 2 is the known one', () => {
    expect(aepSignature(2, form2)).to.equal('7BAE66476648D6295D55D3F9127DB77718B11ACAB6B93D8508FD527117E51134');
  });
  it('covers the body by its SM3 when the profile says so', () => {
    const profile = shippedProfile();
    const body = Buffer.from('{"名":"𠮷"}');
    const headers = signedHeaders(profile, { wallMs: 1_750_000_000_999, nonce: 'n' }, body);
    expect(headers).to.deep.equal({
      'x-aep-appkey': 'demo-key', 'x-aep-timestamp': '1750000000', 'x-aep-nonce': 'n',
      'x-aep-signature': aepSignature(1, { appKey: 'demo-key', secret: 'demo-secret', nonce: 'n', timestamp: '1750000000', bodyDigest: hash('sm3', body) }),
    });
  });
  it('leaves the body out, and writes milliseconds, when the profile says so', () => {
    const shipped = shippedProfile();
    const profile = { ...shipped, auth: { ...shipped.auth, form: 2, cover: 'none', timestamp: 'fraction' } } as const;
    const headers = signedHeaders(profile, { wallMs: 1_750_000_000_123, nonce: 'abc123' }, Buffer.from('whatever'));
    expect(headers['x-aep-timestamp']).to.equal('1750000000.123');
    expect(headers['x-aep-signature']).to.equal('7BAE66476648D6295D55D3F9127DB77718B11ACAB6B93D8508FD527117E51134');
  });
  it('changes with every part of it', () => {
    const changed = Object.keys(form2).map((name) => aepSignature(2, { ...form2, [name]: 'x' }));
    expect(new Set([...changed, aepSignature(2, form2)]).size).to.equal(6);
  });
});
