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
    act         TEXT NOT NULL,
    by          TEXT NOT NULL,
    service     TEXT,
    environment TEXT,
    head        TEXT,
    claimed     INTEGER NOT NULL,
    sealed      INTEGER NOT NULL,
    id          TEXT NOT NULL UNIQUE,
    outcome     TEXT
) STRICT;

CREATE INDEX event_where ON event (environment, act, seq);
CREATE INDEX event_service ON event (service, seq);
CREATE INDEX event_head ON event (head) WHERE head IS NOT NULL;
CREATE INDEX event_outcome ON event (outcome, seq) WHERE outcome IS NOT NULL;

-- Changes, people, areas and types: a record may have several of each.
CREATE TABLE about (
    kind TEXT NOT NULL,
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
