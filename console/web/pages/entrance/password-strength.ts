import type { PasswordRules } from '../../api/calls.ts';

const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** What a password lacks by the site's rules; the server looks at more (earlier ones, common ones, names in it). */
export function lacking(password: string, rules: Pick<PasswordRules, 'minLength' | 'classes'>): { readonly length: boolean; readonly classes: boolean } {
  return {
    length: [...password].length < rules.minLength,
    classes: classes.filter((one) => one.test(password)).length < rules.classes,
  };
}
