-- A store of records, one SQLite file. Every row hangs on keys made of the documents' bytes and paths alone:
-- the order of the work, the number of workers and the time of day leave no trace.
--
-- document  the first 60 bits of the sha256 of a document's bytes; n counts a document's values from 1
-- confidence  the probability that the value is right; page counts from 1

CREATE TABLE made_by (                -- by what records were made: version, tables, models, options
    made_by TEXT PRIMARY KEY,         -- the first 12 hex digits of the sha256 of json
    json    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE files (                  -- every file of the archive; in a zip: plans.zip/inner/name.pdf
    path     TEXT PRIMARY KEY,        -- from the archive's folder, with /
    size     INTEGER NOT NULL,        -- bytes; -1 where unknown
    stamp    TEXT NOT NULL,           -- time of change, or checksum in a zip: with size, tells that it changed
    state    TEXT NOT NULL CHECK (state IN ('read', 'failed', 'skipped', 'gone')),
    document INTEGER,                 -- whose bytes the file has; also of a failed one
    made_by  TEXT NOT NULL REFERENCES made_by
) WITHOUT ROWID;
CREATE INDEX files_by_document ON files (document);

CREATE TABLE failures (               -- why a file could not be read (state failed) or is no document (skipped)
    path    TEXT PRIMARY KEY REFERENCES files ON DELETE CASCADE,
    stage   TEXT NOT NULL,
    code    TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE meanings (               -- what codes of failures and notes mean, in Vietnamese
    code    TEXT PRIMARY KEY,
    message TEXT NOT NULL,
    remedy  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (              -- documents that were read; copies of the same bytes are one
    document   INTEGER PRIMARY KEY,
    sha256     TEXT NOT NULL UNIQUE,
    path       TEXT NOT NULL,         -- the first of its paths
    media_type TEXT NOT NULL,
    pages      INTEGER NOT NULL,
    origin     TEXT NOT NULL,         -- text, ocr or mixed
    engine     TEXT,                  -- of the OCR
    made_by    TEXT NOT NULL REFERENCES made_by
);

CREATE TABLE records (                -- full records as JSON, all but the text
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    json     TEXT NOT NULL
);

CREATE TABLE texts (                  -- raw as read; clean as repaired; layers: the edits between them, JSON
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    clean    TEXT NOT NULL,
    raw      TEXT NOT NULL,
    layers   TEXT NOT NULL
);

CREATE TABLE plans (                  -- the single values of a document, one row each
    document         INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    doc_type         TEXT,
    number           TEXT,
    symbol           TEXT,
    date             TEXT,            -- ISO 8601, partial where the document is
    year             INTEGER,
    place            TEXT,
    title            TEXT,
    issuer           TEXT,
    level            TEXT,
    province         TEXT,
    district         TEXT,
    commune          TEXT,
    theme            TEXT,
    period_start     TEXT,
    period_end       TEXT,
    scope            TEXT,
    budget           TEXT,
    signer           TEXT,
    signer_title     TEXT,
    authority        TEXT,
    least_confidence REAL,            -- of the values in this row
    unreadable       TEXT NOT NULL    -- names of fields that the document has and nobody can read
);
CREATE INDEX plans_by_number ON plans (number);
CREATE INDEX plans_by_year ON plans (year, province);

CREATE TABLE trust (                  -- how far each single value can be trusted, and where it stands
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    field      TEXT NOT NULL,
    status     TEXT NOT NULL,         -- found, inferred, blank, absent, unreadable
    confidence REAL NOT NULL,
    rule       TEXT NOT NULL,
    page       INTEGER,
    quote      TEXT,
    PRIMARY KEY (document, field)
) WITHOUT ROWID;

CREATE TABLE tasks (                  -- one row a task of a responsible unit
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    unit       TEXT NOT NULL,
    within     TEXT,
    task       TEXT NOT NULL,
    confidence REAL NOT NULL,
    page       INTEGER,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE deadlines (              -- of reports
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    date       TEXT,
    recurrence TEXT,
    recipient  TEXT,
    via        TEXT,
    reporter   TEXT,
    text       TEXT NOT NULL,
    confidence REAL NOT NULL,
    page       INTEGER,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE slogans (
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    slogan     TEXT NOT NULL,
    confidence REAL NOT NULL,
    page       INTEGER,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE citations (              -- documents cited anywhere
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    type       TEXT,
    number     TEXT,
    date       TEXT,
    confidence REAL NOT NULL,
    page       INTEGER,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE parents (                -- plans that a document carries out, and which document of the store it is
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    number     TEXT,
    date       TEXT,
    issuer     TEXT,
    confidence REAL NOT NULL,
    page       INTEGER,
    parent     INTEGER,               -- NULL: not in this archive (or not to be told)
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX parents_by_parent ON parents (parent);

CREATE TABLE recipients (
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    recipient  TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE notes (                  -- what a reader of the record has to know
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE sketches (               -- by which texts are compared: see sketch.py
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    sketch   TEXT NOT NULL            -- JSON
);

CREATE TABLE copies (                 -- documents that are the same plan (scan, Word file, draft, signed copy)
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    best     INTEGER NOT NULL,        -- the best copy, itself where there is one only
    reason   TEXT NOT NULL
);
CREATE INDEX copies_by_best ON copies (best);

CREATE TABLE state (                  -- indexed: 1 where links and search stand for all that the store holds
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO state VALUES ('indexed', 1);

CREATE VIEW unresolved_parents AS     -- plans that are cited as a basis and not in the archive, with how often
    SELECT number, date, max(issuer) AS issuer, count(*) AS children, min(documents.path) AS first_child
    FROM parents JOIN documents USING (document) WHERE parent IS NULL GROUP BY number, date;

-- Full-text search, without marks: WHERE search MATCH 'ke hoach'. The tokenizer drops every mark but that of đ,
-- which is no mark to Unicode; folded has d in its place.
CREATE VIEW searched AS
    SELECT document, clean AS text, replace(replace(clean, 'đ', 'd'), 'Đ', 'D') AS folded FROM texts;
CREATE VIRTUAL TABLE search USING fts5 (
    text, folded, content = 'searched', content_rowid = 'document', tokenize = 'unicode61 remove_diacritics 2'
);
