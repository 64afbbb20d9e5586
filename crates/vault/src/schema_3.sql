-- Schema 3: what Apple answered about a key, which apps it named, and what this application did.
-- Documents (JSON) and codes belong to the callers; nothing here reads them.

-- One row per key that was ever asked about.
CREATE TABLE checks (
  key TEXT PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
  -- The last verdict, and the identity Apple was asked with: all five or none (the issuer may be missing).
  verdict TEXT,
  verdict_at INTEGER,
  asked_key_id TEXT,
  asked_kind TEXT,
  asked_issuer TEXT,
  -- The last attempt that taught nothing, if no verdict came after it.
  unreached TEXT,
  unreached_at INTEGER,
  accepted_at INTEGER,
  -- Calls allowed in an hour, and what was left of them.
  rate_limit INTEGER,
  rate_remaining INTEGER,
  rate_at INTEGER,
  apps_listed_at INTEGER,
  -- What the owner of an Individual key may do.
  owner TEXT,
  owner_at INTEGER,
  -- Roles the user kept although the answers fit others better.
  roles_kept TEXT
) STRICT, WITHOUT ROWID;

-- The newest answer about each capability.
CREATE TABLE answers (
  key TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
  capability TEXT NOT NULL,
  reading TEXT NOT NULL,
  request TEXT NOT NULL,
  status INTEGER,
  apple TEXT,
  request_id TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (key, capability)
) STRICT, WITHOUT ROWID;

-- Apps as Apple named them; the team is known when one of its Team keys listed the app.
CREATE TABLE apps (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  bundle_id TEXT NOT NULL,
  issuer_id TEXT,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which apps an Individual key sees. A Team key sees all of its team.
CREATE TABLE key_apps (
  key TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
  app TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  PRIMARY KEY (key, app)
) STRICT, WITHOUT ROWID;

CREATE INDEX key_apps_by_app ON key_apps (app);

-- A team may have a vendor number, or want for an agreement, before anybody named it.
CREATE TABLE issuers_of_3 (
  issuer_id TEXT PRIMARY KEY,
  name TEXT,
  vendor_number TEXT,
  agreement_missing_at INTEGER,
  apps_listed_at INTEGER
) STRICT;

INSERT INTO issuers_of_3 (issuer_id, name) SELECT issuer_id, name FROM issuers;
DROP TABLE issuers;
ALTER TABLE issuers_of_3 RENAME TO issuers;

-- What was done. A key is written down as it was called then, and without a reference: the entry outlives it.
CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  topic TEXT NOT NULL,
  failure INTEGER NOT NULL CHECK (failure IN (0, 1)),
  key TEXT,
  key_name TEXT,
  key_kind TEXT,
  key_roles TEXT,
  -- What the entry can be found by, in the form searches are made in.
  found_by TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX activity_by_topic ON activity (topic);
CREATE INDEX activity_by_key ON activity (key) WHERE key IS NOT NULL;
CREATE INDEX activity_of_failures ON activity (failure) WHERE failure = 1;

-- Entries are added and never changed, deleted or replaced.
CREATE TRIGGER activity_is_not_changed BEFORE UPDATE ON activity
BEGIN
  SELECT RAISE(ABORT, 'activity is only added to');
END;

CREATE TRIGGER activity_is_not_deleted BEFORE DELETE ON activity
BEGIN
  SELECT RAISE(ABORT, 'activity is only added to');
END;

-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER activity_is_not_replaced BEFORE INSERT ON activity
WHEN EXISTS (SELECT 1 FROM activity WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'activity is only added to');
END;
