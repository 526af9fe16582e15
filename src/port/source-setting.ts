/** How one of a county's sources is reached, by its engine. */
export type SourceSetting = SqliteSetting | MariadbSetting | PostgresSetting | OracleSetting | SqlserverSetting | DamengSetting | FilesSetting | HttpSetting;

export interface SqliteSetting {
  readonly engine: 'sqlite';
  readonly file: string;
}

/** What every database server is told. A secret: never to be written anywhere, the password least of all. */
export interface ServerSetting {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  /** Zone in which times without a zone are stored, `+08:00`; read rows say them in the region's zone. */
  readonly zone: string;
  readonly limits: ReadingLimits;
  readonly tls?: TlsSetting;
}

export interface MariadbSetting extends ServerSetting {
  readonly engine: 'mariadb' | 'mysql';
  readonly database: string;
}

/** PostgreSQL, and what speaks its protocol. */
export interface PostgresSetting extends ServerSetting {
  readonly engine: 'postgres' | 'kingbase' | 'opengauss';
  readonly database: string;
  readonly schema: string;
}

export interface OracleSetting extends ServerSetting {
  readonly engine: 'oracle';
  readonly service: string;
  /** Whose tables; absent: the account's own. */
  readonly schema?: string;
  /** Folder of Oracle's Instant Client, which servers before 12.1 need. */
  readonly client?: string;
}

export interface SqlserverSetting extends ServerSetting {
  readonly engine: 'sqlserver';
  readonly database: string;
  readonly schema: string;
}

/** 达梦 (DM8). */
export interface DamengSetting extends ServerSetting {
  readonly engine: 'dameng';
  /** Whose tables; absent: the account's own. */
  readonly schema?: string;
}

/** A folder of another machine that files are brought from, over SFTP. */
export interface SftpSetting {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  /** Where files go there that have been taken and kept here. */
  readonly done: string;
  /** File with the private key, without a passphrase. */
  readonly key: string;
  /** File with the host's own key, as `known_hosts` has it. */
  readonly knownHosts: string;
  readonly connectSeconds: number;
}

/** A folder into which a county puts files. */
export interface FilesSetting {
  readonly engine: 'files';
  readonly folder: string;
  /** Where files come from, when the county puts them on another machine; absent: the county puts them into the folder. */
  readonly sftp?: SftpSetting;
  /** Where files go that have been taken and kept. */
  readonly done: string;
  /** `flag`: whole when a file of the same name and this ending lies beside it. `still`: whole when nobody has written to it for so long. */
  readonly complete: { readonly by: 'flag'; readonly ending: string } | { readonly by: 'still'; readonly seconds: number };
  readonly tables: Readonly<Record<string, FileTable>>;
  /** The word that lets a county's system hand records in over HTTP, which then become such files; absent: none can. */
  readonly token?: string;
}

/** Files of one kind, read as one table. */
export interface FileTable {
  /** Name of the files, with one `*` for what differs. */
  readonly file: string;
  readonly format: 'csv' | 'xlsx' | 'jsonl';
  /** Of text files. */
  readonly charset: 'utf-8' | 'gb18030';
  readonly separator: string;
  /** Of workbooks; absent: the first. */
  readonly sheet?: string;
  /** The line that names the columns, counted from 1. */
  readonly headLine: number;
  /** `changes`: what is new since the last file. `full`: everything there is, so that what is missing is gone. */
  readonly content: 'changes' | 'full';
}

/** A county's system that answers over HTTP in JSON. */
export interface HttpSetting {
  readonly engine: 'http';
  readonly url: string;
  /** Sent with every question; keys are in them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Largest answer. */
  readonly mostMiB: number;
  readonly zone: string;
  readonly tls?: TlsSetting;
  /** Where the body says whether the question was answered, and which words mean yes; absent: the status alone says so. */
  readonly verdict?: { readonly code: string; readonly ok: readonly string[] };
  readonly tables: Readonly<Record<string, HttpTable>>;
}

/** Answers of one kind, read as one table. */
export interface HttpTable {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Where in the body the list of records is; the empty text when the body itself is the list. */
  readonly records: string;
  /** Columns that are not simply named as a key of the record: where in it they are. */
  readonly columns: Readonly<Record<string, string>>;
  readonly paging: HttpPaging;
  /** Where in the body the number of all records is, to hold what came against. */
  readonly total?: string;
  /** The parameter that takes a time, when only what has changed since can be asked for. */
  readonly since?: string;
  /** The path of one record, with `{key}`. */
  readonly one?: string;
}

export type HttpPaging =
  | { readonly by: 'none' }
  | { readonly by: 'page'; readonly page: string; readonly first: number; readonly size?: string; readonly rows: number }
  | { readonly by: 'cursor'; readonly cursor: string; readonly next: string; readonly size?: string; readonly rows: number }
  | { readonly by: 'link'; readonly next: string };

/** What keeps reading from hurting the county. */
export interface ReadingLimits {
  /** Connections at a time, one or two. */
  readonly connections: number;
  /** Rows of a page, whatever a job asks for. */
  readonly pageRows: number;
  readonly connectSeconds: number;
  /** How long the server may work on one statement. */
  readonly statementSeconds: number;
}

/** Certificates are always verified; files are PEM. */
export interface TlsSetting {
  /** The authority that signed the server's certificate, when it is not a public one. */
  readonly ca?: string;
  /** Our own certificate and key, when the server asks for them. */
  readonly cert?: string;
  readonly key?: string;
  /** The name in the server's certificate, when it is not the host. */
  readonly name?: string;
}

/** Where a source is, for a person and for the log: never an account or a password. */
export function placeOf(setting: SourceSetting): string {
  switch (setting.engine) {
    case 'sqlite': return setting.file;
    case 'files': return setting.folder;
    case 'http': return setting.url;
    case 'oracle': return `oracle://${setting.host}:${setting.port}/${setting.service}`;
    case 'dameng': return `dameng://${setting.host}:${setting.port}/${setting.schema ?? ''}`;
    default: return `${setting.engine}://${setting.host}:${setting.port}/${setting.database}`;
  }
}
