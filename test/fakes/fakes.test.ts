import { sourceSuite } from '../contract-suites/source.ts';
import { sourceInMemory } from './source-in-memory.ts';

describe('the county in memory', () => {
  sourceSuite(async (tables, clock) => ({ source: sourceInMemory(tables, clock), late: (row) => void tables['cert']?.push(row), close: () => undefined }));
});
