import type { InterfaceProfile } from '../port/profile.ts';
import type { KeyRule } from '../port/profile-value.ts';

/** The profile with the files of its keys and certificates named from the site's folder. */
export function withFilesAt(profile: InterfaceProfile, at: (file: string) => string): InterfaceProfile {
  if (profile.transport !== 'http') return profile;
  const { keys, tls } = profile;
  const named = (file: string | undefined, key: string): object => (file === undefined ? {} : { [key]: at(file) });
  return {
    ...profile,
    ...(keys === undefined ? {} : { keys: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keyAt(key, at)])) }),
    ...(tls === undefined ? {} : { tls: { ...tls, ...named(tls.ca, 'ca'), ...named(tls.certificate, 'certificate'), ...named(tls.key, 'key') } }),
  };
}

function keyAt(key: KeyRule, at: (file: string) => string): KeyRule {
  if (key.sm2 === 'signer' || key.file === undefined) return key;
  return { ...key, file: at(key.file) };
}
