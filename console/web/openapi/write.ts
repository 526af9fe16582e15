import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { callsFrom, type Description } from './calls.ts';

const web = join(import.meta.dirname, '..');
const description = parse(readFileSync(join(web, '..', 'server', 'openapi.yaml'), 'utf8')) as Description;
writeFileSync(join(web, 'api', 'calls.ts'), callsFrom(description));
