/** Which of the county's items accept a scanned licence, and where it says which materials that spares. */
export interface ScanList {
  readonly title: string;
  readonly source: string;
  readonly items: { readonly table: string; readonly key: string; readonly code: string; readonly name: string; readonly where: Lists };
  readonly spares: { readonly table: string; readonly parent: string; readonly name: string; readonly where: Lists };
}

type Lists = Readonly<Record<string, readonly string[]>>;
