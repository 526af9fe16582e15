import { expect } from 'chai';
import { citizenEndingInX, citizenIdOf, licenceIdOf, organisationCheck, usccOf } from '../../demo/county/check-digits.ts';
import { licenceTypes } from '../../demo/county/licence-types.ts';
import { terminals, towns, villages } from '../../demo/county/places.ts';

describe('made-up numbers', () => {
  it('carry the check characters of the published examples', () => {
    expect(usccOf('11150626', 'MB0A1234')).to.equal('11150626MB0A12342C');
    expect(organisationCheck('MB156923')).to.equal('1');
    expect(citizenIdOf('11010519491231002')).to.equal('11010519491231002X');
    const parts = { type: '11100000000013338W032', issuer: '11220000013544541J', serial: '2430599', version: '001' };
    expect(licenceIdOf(parts)).to.equal('1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F');
  });

  it('find a number that ends in X for the same birthday', () => {
    const id = citizenEndingInX('150698199001011239');
    expect(id).to.match(/^15069819900101\d{3}X$/);
    expect(citizenIdOf(id.slice(0, 17))).to.equal(id);
  });

  it('stand beside the published counts: 75 licence types, 6 towns, 76 villages, 22 terminals', () => {
    expect(licenceTypes).to.have.lengthOf(75);
    expect(new Set(licenceTypes.map((type) => type.name)).size).to.equal(75);
    expect(towns).to.have.lengthOf(6);
    expect(new Set(villages.map((village) => village.code)).size).to.equal(76);
    expect(terminals).to.have.lengthOf(22);
    expect(new Set(terminals.map((terminal) => terminal.code)).size).to.equal(22);
  });
});
