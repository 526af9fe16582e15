/** How citizens have rated (好差评). A rating that the region gave because nobody rated is no person's, and is never added to theirs. */
export interface Ratings {
  /** Ratings given by persons, by the value they gave; under an empty text those without a value. */
  readonly persons: Readonly<Record<string, number>>;
  /** Given by the region when the time to rate was over. */
  readonly defaults: number;
  /** The region does not say who gave them; counted with neither. */
  readonly unsaid: number;
}
