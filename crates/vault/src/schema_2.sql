-- Schema 2: what a key must not reach, as its user pinned it. JSON array of codes, like `roles`.

ALTER TABLE keys ADD COLUMN guards TEXT NOT NULL DEFAULT '[]';
