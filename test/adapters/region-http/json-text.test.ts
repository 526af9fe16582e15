import { expect } from 'chai';
import fc from 'fast-check';
import { entriesOf, textOfPath } from '../../../adapters/region-http/json-text.ts';

describe('the texts inside a JSON text', () => {
  it('are given as they came: long numbers, spaces and escapes included', () => {
    const text = '{ "code": 200, "data": { "x": "}\\"]", "records": [ {"n": 12345678901234567890 } ,{"n":1.0}, "\\u4e00" ], "count":3 } }';
    const records = textOfPath(text, 'data.records') ?? '';
    expect(entriesOf(records)).to.deep.equal(['{"n": 12345678901234567890 }', '{"n":1.0}', '"\\u4e00"']);
    expect(textOfPath(text, 'data.count')).to.equal('3');
    expect(textOfPath(text, 'data.none')).to.equal(null);
    expect(textOfPath(text, 'code.deeper')).to.equal(null);
    expect(entriesOf('{}')).to.equal(null);
  });
  it('are the last of members of one name, as the parser takes it', () => {
    const text = '{"a":[1],"a":[2]}';
    expect(textOfPath(text, 'a')).to.equal('[2]');
    expect(JSON.parse(text)).to.deep.equal({ a: [2] });
  });
  it('are what parsing them gives, for any JSON, indented or not', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (list, indent) => {
      const text = JSON.stringify({ before: '"[{', data: { records: list, after: [list] } }, null, indent);
      const entries = entriesOf(textOfPath(text, 'data.records') ?? '') ?? [];
      expect(entries.map((entry) => JSON.parse(entry) as unknown)).to.deep.equal(JSON.parse(JSON.stringify(list)));
    }));
  });
  it('are found however deep the brackets go', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(textOfPath(`{"a":${deep},"b":1}`, 'b')).to.equal('1');
  });
});
