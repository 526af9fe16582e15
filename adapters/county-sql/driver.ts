import { Failure } from '../../src/record/failure.ts';

/** Loads a driver that only some counties need; a Failure with the remedy when it has not been installed. */
export async function optionalDriver(name: string): Promise<unknown> {
  try {
    const loaded = await import(name) as { readonly default?: unknown };
    return loaded.default ?? loaded;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND') throw new Failure('DRIVER_MISSING', { driver: name });
    throw cause;
  }
}

/** How drivers are loaded; a test hands in one of its own. */
export type LoadDriver = (name: string) => Promise<unknown>;
