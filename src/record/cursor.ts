/** A position in a stream of changes. Opaque: only the source that issued it may read it. */
export type Cursor = string & { readonly __cursor?: never };
