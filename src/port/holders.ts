/** Records by keyed hashes of who holds them; nothing of a person can be read from it. */
export interface HolderStore {
  /** The last body that was taken in; 0: none. */
  last(): number;
  keep(marks: readonly { readonly mark: number; readonly record: number }[], last: number): void;
  /** The newest records first. */
  find(mark: number, limit: number): readonly number[];
}
