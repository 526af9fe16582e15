import type { HttpProfile } from '../../src/port/profile.ts';
import type { Template, ValueRule } from '../../src/port/profile-value.ts';
import { namesIn } from '../../src/port/template.ts';

type Headers = Readonly<Record<string, Template>>;

/** The headers of every request; and those of the requests that fetch tokens: without the ones that need a token themselves. */
export function commonHeaders(profile: Pick<HttpProfile, 'headers' | 'values' | 'tokens'>): { readonly all: Headers; readonly withoutTokens: Headers } {
  const all = profile.headers ?? {};
  return { all, withoutTokens: Object.fromEntries(Object.entries(all).filter(([, template]) => !needsToken(profile, template, new Set()))) };
}

function needsToken(profile: Pick<HttpProfile, 'values' | 'tokens'>, template: Template, met: Set<string>): boolean {
  return namesIn(template).some((name) => {
    if (profile.tokens !== undefined && Object.hasOwn(profile.tokens, name)) return true;
    const rule = profile.values?.[name];
    if (rule === undefined || met.has(name)) return false;
    met.add(name);
    return templatesOf(rule).some((one) => needsToken(profile, one, met));
  });
}

function templatesOf(rule: ValueRule): readonly Template[] {
  return [
    ...('text' in rule ? [rule.text] : []), ...('of' in rule ? [rule.of] : []), ...('key' in rule ? [rule.key] : []),
    ...('iv' in rule && rule.iv !== undefined && rule.iv !== 'random' ? [rule.iv] : []),
  ];
}
