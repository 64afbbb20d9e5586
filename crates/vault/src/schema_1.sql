-- Schema 1. Times are milliseconds since 1970; lists are JSON arrays of text.

CREATE TABLE vault (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Set in the transaction that makes older snapshots hold too much (a purged key, a replaced slot),
  -- cleared when they are gone: a kill in between is made good at the next opening.
  retire_snapshots INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The vault key, wrapped once per way to open the vault.
CREATE TABLE slots (
  kind TEXT PRIMARY KEY,
  nonce BLOB NOT NULL,
  sealed BLOB NOT NULL,
  -- Argon2id, for `passphrase` only.
  salt BLOB,
  memory_kib INTEGER,
  passes INTEGER,
  lanes INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

-- A key's metadata and its ciphertext share one row: neither can exist without the other.
CREATE TABLE keys (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  key_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  roles TEXT NOT NULL,
  issuer_id TEXT,
  fingerprint TEXT NOT NULL,
  notes TEXT NOT NULL,
  tags TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  archived_at INTEGER,
  removed_at INTEGER,
  source_name TEXT,
  look_alike TEXT,
  item_schema INTEGER NOT NULL,
  nonce BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

-- The same private key is in the list once; a removed one may wait beside it.
CREATE UNIQUE INDEX keys_by_fingerprint ON keys (fingerprint) WHERE removed_at IS NULL;

-- Where a key was seen as a file. Bytes, because not every path is Unicode.
CREATE TABLE sources (
  key TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
  path BLOB NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (key, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE issuers (
  issuer_id TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;
