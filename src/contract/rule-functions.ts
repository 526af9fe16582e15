import { isCitizenId } from './citizen-id.ts';
import { isCaseNumber, isHandlingItemCode, isItemCode } from './item-code.ts';
import { isLicenceIdentifier } from './licence-identifier.ts';
import { isOrganisationCode } from './organisation-code.ts';
import { phoneIn } from './phone.ts';
import { isRegionCode, isWithin } from './region-code.ts';
import { isUscc } from './uscc.ts';

/** A function that rules may call: so many texts in, a condition or a text out. */
export type RuleFunction =
  | { readonly takes: number; readonly gives: 'bool'; readonly work: (...texts: readonly string[]) => boolean }
  | { readonly takes: number; readonly gives: 'string'; readonly work: (...texts: readonly string[]) => string };

/** The functions a rule may call, by the name rules.yaml uses. */
export const ruleFunctions: Readonly<Record<string, RuleFunction>> = {
  citizenId: test(isCitizenId),
  uscc: test(isUscc),
  organisationCode: test(isOrganisationCode),
  licenceId: test(isLicenceIdentifier),
  itemCode: test(isItemCode),
  handlingItemCode: test(isHandlingItemCode),
  caseNo: test(isCaseNumber),
  regionCode: test(isRegionCode),
  within: { takes: 2, gives: 'bool', work: (inner = '', outer = '') => isWithin(inner, outer) },
  phoneIn: { takes: 1, gives: 'string', work: (text = '') => phoneIn(text) },
};

function test(check: (text: string) => boolean): RuleFunction {
  return { takes: 1, gives: 'bool', work: (text = '') => check(text) };
}
