/** What is wrong with one value, before anybody says where it stands. */
export interface Fault {
  readonly code: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}
