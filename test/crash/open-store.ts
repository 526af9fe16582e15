import { openStore } from '../../adapters/store-sqlite/store.ts';

// Opens a store and says with which code that fails.

try {
  await openStore(process.argv[2] ?? '', 'open').close();
  process.stdout.write('opened');
} catch (cause) {
  process.stdout.write(cause instanceof Error && 'code' in cause ? String(cause.code) : 'unforeseen');
}
