import { isCitizenId } from './citizen-id.ts';
import { isCaseNumber, isItemCode } from './item-code.ts';
import { isLicenceIdentifier } from './licence-identifier.ts';
import { isOrganisationCode } from './organisation-code.ts';
import { isUscc } from './uscc.ts';

/** The functions a rule may call, by the name rules.yaml uses. */
export const ruleFunctions: Readonly<Record<string, (text: string) => boolean>> = {
  citizenId: isCitizenId,
  uscc: isUscc,
  organisationCode: isOrganisationCode,
  licenceId: isLicenceIdentifier,
  itemCode: isItemCode,
  caseNo: isCaseNumber,
};
