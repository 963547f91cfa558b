-- The change log: records in order, documents by digest. Both are only ever added to.
-- The triggers stop accidents and other programs; only the hash chain proves anything.

CREATE TABLE record (
    seq   INTEGER PRIMARY KEY CHECK (seq >= 0),
    leaf  BLOB NOT NULL CHECK (length(leaf) = 32),
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 16384),
    id    TEXT NOT NULL UNIQUE CHECK (length(id) = 22)
) STRICT;

CREATE TABLE blob (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    bytes  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- REPLACE deletes rows without firing their delete trigger: what is already there has to be
-- refused before the insert, by number and by id.
CREATE TRIGGER record_in_order BEFORE INSERT ON record
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM record)
  OR EXISTS (SELECT 1 FROM record WHERE id = NEW.id)
BEGIN
    SELECT raise(ABORT, 'record: append only, in order, each id once');
END;

CREATE TRIGGER record_no_update BEFORE UPDATE ON record
BEGIN
    SELECT raise(ABORT, 'record: append only');
END;

CREATE TRIGGER record_no_delete BEFORE DELETE ON record
BEGIN
    SELECT raise(ABORT, 'record: append only');
END;

CREATE TRIGGER blob_once BEFORE INSERT ON blob
WHEN EXISTS (SELECT 1 FROM blob WHERE digest = NEW.digest)
BEGIN
    SELECT raise(ABORT, 'blob: append only');
END;

CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob
BEGIN
    SELECT raise(ABORT, 'blob: append only');
END;

CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
BEGIN
    SELECT raise(ABORT, 'blob: append only');
END;
