import type { SourceProbe, TableDescription } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';
import type { Dialect, Question } from './dialect.ts';
import type { ColumnTypes } from './statements.ts';

/** One conversation with a county's database: questions only. */
export interface Session {
  readonly rows: (question: Question) => Promise<readonly Row[]>;
  /** The columns of a table with their declared types; none when there is no such table. */
  readonly columns: (table: string) => Promise<ColumnTypes>;
  readonly describe: () => Promise<readonly TableDescription[]>;
  /** Absent where an engine cannot say, or nobody could try how it does. */
  readonly probe?: (tables: readonly string[]) => Promise<SourceProbe>;
}

/** One kind of database, as far as it differs from the others. */
export interface Engine {
  readonly dialect: Dialect;
  /** Where it is, for a person: no account, no password. */
  readonly place: string;
  /** Zone in which times without a zone are stored. */
  readonly zone: string;
  /** Rows of a page, whatever a job asks for. */
  readonly pageRows: number;
  /** Asks within one session, where the engine can within one read-only view of the moment; rejects with a Failure. */
  readonly ask: <T>(work: (session: Session) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}
