-- What records are about, for searching. Everything here can be thrown away: it is made from the
-- change log, and made again when the log or this file is another one.

-- How far it is: records, their last leaf, and records whose texts were taken in.
CREATE TABLE reach (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    upto  INTEGER NOT NULL,
    leaf  BLOB NOT NULL,
    texts INTEGER NOT NULL
) STRICT;

INSERT INTO reach VALUES (1, 0, zeroblob(32), 0);

CREATE TABLE event (
    seq         INTEGER PRIMARY KEY,
    service     TEXT,
    environment TEXT,
    sealed      INTEGER NOT NULL,
    outcome     TEXT
) STRICT;

CREATE INDEX event_environment ON event (environment, seq) WHERE environment IS NOT NULL;
CREATE INDEX event_service ON event (service, seq) WHERE service IS NOT NULL;
CREATE INDEX event_outcome ON event (outcome, seq) WHERE outcome IS NOT NULL;

-- Areas (1), changes (2), people (3) and types (4): a record may have several of each.
CREATE TABLE about (
    kind INTEGER NOT NULL,
    what TEXT NOT NULL,
    seq  INTEGER NOT NULL,
    PRIMARY KEY (kind, what, seq)
) STRICT, WITHOUT ROWID;

-- Documents with words of people, and those that a record took out.
CREATE TABLE document (
    seq    INTEGER NOT NULL,
    digest BLOB NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (seq, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE redacted (
    digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Three characters at a time, because Japanese has no spaces between words.
CREATE VIRTUAL TABLE said USING fts5 (words, seq UNINDEXED, tokenize = 'trigram');
