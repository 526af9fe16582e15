/** What can be found out around the gateway without asking anybody for anything. */
export interface LookAround {
  /** Free bytes where a folder is, and whether it can be written to. */
  readonly disk: (folder: string) => Promise<{ readonly freeBytes: number; readonly writable: boolean }>;
  /** Whether somebody answers at an address, with whatever. Rejects with what the network says. */
  readonly reach: (url: string, tls: { readonly ca?: string } | undefined) => Promise<Reached>;
}

export interface Reached {
  readonly status: number;
  /** The clock over there, ms since 1970; null when it does not say. */
  readonly clockMs: number | null;
  /** When the certificate over there ends, ms since 1970; null without TLS. */
  readonly certificateUntilMs: number | null;
}
