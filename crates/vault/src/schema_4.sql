-- Schema 4: where keys went. Codes and lists belong to the callers; nothing here reads them.

-- A key is written down as it was called then, and without a reference: the receipt outlives it.
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  key TEXT NOT NULL,
  key_name TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_kind TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  tool TEXT NOT NULL,
  form TEXT,
  destination TEXT NOT NULL,
  way TEXT NOT NULL,
  -- Bytes, because not every path is Unicode.
  path BLOB,
  warnings TEXT NOT NULL,
  -- When the user said that the key is no longer there.
  gone_at INTEGER
) STRICT;

CREATE INDEX receipts_by_key ON receipts (key);
CREATE INDEX receipts_by_fingerprint ON receipts (fingerprint);

-- Receipts are added and never deleted or replaced; what they say is never changed, but that a key is gone.
CREATE TRIGGER receipts_are_not_changed BEFORE UPDATE ON receipts
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.key IS NOT OLD.key OR NEW.key_name IS NOT OLD.key_name
  OR NEW.key_id IS NOT OLD.key_id OR NEW.key_kind IS NOT OLD.key_kind OR NEW.fingerprint IS NOT OLD.fingerprint
  OR NEW.tool IS NOT OLD.tool OR NEW.form IS NOT OLD.form OR NEW.destination IS NOT OLD.destination
  OR NEW.way IS NOT OLD.way OR NEW.path IS NOT OLD.path OR NEW.warnings IS NOT OLD.warnings
BEGIN
  SELECT RAISE(ABORT, 'receipts are only added to');
END;

CREATE TRIGGER receipts_are_not_deleted BEFORE DELETE ON receipts
BEGIN
  SELECT RAISE(ABORT, 'receipts are only added to');
END;

-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER receipts_are_not_replaced BEFORE INSERT ON receipts
WHEN EXISTS (SELECT 1 FROM receipts WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'receipts are only added to');
END;

-- What leaves is noted before it leaves: what a kill cuts short is settled at the next opening.
CREATE TABLE handoffs_begun (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  key TEXT NOT NULL,
  key_name TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_kind TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  tool TEXT NOT NULL,
  form TEXT,
  destination TEXT NOT NULL,
  way TEXT NOT NULL,
  path BLOB,
  warnings TEXT NOT NULL
) STRICT;
