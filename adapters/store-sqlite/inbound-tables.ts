/** What the region has issued, how far it was read, what both sides agreed on, and where they do not. */
export const inboundTables = `
  create table inbound_epoch (epoch text not null) strict;
  insert into inbound_epoch (epoch) values (lower(hex(randomblob(8))));

  create table inbound_stream (
    resource text primary key, cursor text, page_from text, page_digest text, page_count integer, acknowledged text
  ) strict, without rowid;

  create table inbound (
    id integer primary key, resource text not null, key text not null, version text, fingerprint text not null, body text not null,
    via text not null, run integer not null, received_at integer not null, state text not null, settled_at integer, problems text
  ) strict;
  create index inbound_key on inbound (resource, key);
  create index inbound_received on inbound (resource) where state = 'received';

  create table inbound_agreed (resource text not null, key text not null, rows text not null, primary key (resource, key)) strict, without rowid;
  create table inbound_nonce (nonce text primary key, expires_at integer not null) strict, without rowid;

  create table conflict (
    id integer primary key, resource text not null, key text not null, tbl text not null, row text not null, col text not null,
    agreed text, county text, region text, state text not null, by text, why text, opened_at integer not null, decided_at integer
  ) strict;
  create index conflict_open on conflict (tbl, row, col) where state = 'open';
`;
