/** Declared types of the columns that a dataset is read from, by `table.column`. */
export type Shape = Readonly<Record<string, string>>;

/** What is kept of how a county's tables looked when they were last read. */
export interface ShapeStore {
  shape(dataset: string): Promise<Shape | null>;
  keepShape(dataset: string, shape: Shape, at: number): Promise<void>;
}
