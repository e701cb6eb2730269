-- What values say of each other: the bodies behind names, who has a part in which task, which report stands in
-- which task, how often it comes again, and the province of today.

ALTER TABLE plans ADD COLUMN province_today TEXT; -- the province of the 34 that holds it since 2025-07-01

ALTER TABLE deadlines ADD COLUMN rrule TEXT;   -- the recurrence as iCalendar writes it (RFC 5545)
ALTER TABLE deadlines ADD COLUMN task_n INTEGER; -- tasks.n of the task in whose words it stands

CREATE TABLE bodies (                 -- one row a body that has a part in a task
    document   INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    task_n     INTEGER NOT NULL,      -- tasks.n
    role       TEXT NOT NULL,         -- assigned: the task is the body's own; lead, partner: told by its words
    printed    TEXT NOT NULL,         -- as printed, with head and place that it shares with others
    body       TEXT NOT NULL,         -- the one name of the body, without its place's
    kind       TEXT NOT NULL,         -- government, party, front, union, school, enterprise, person, other
    today      TEXT,                  -- what the body is called today, where it has another name
    confidence REAL NOT NULL,
    page       INTEGER,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX bodies_by_name ON bodies (body, kind);

CREATE VIEW late_deadlines AS         -- reports that a plan wants after the last one that its parent plan wants
    SELECT child.document, child.n, child.date, parents.parent, max(above.date) AS parent_date
    FROM deadlines AS child JOIN parents ON parents.document = child.document
    JOIN deadlines AS above ON above.document = parents.parent
    WHERE length(child.date) = 10 AND length(above.date) = 10 AND substr(child.date, 1, 4) = substr(above.date, 1, 4)
    GROUP BY child.document, child.n, parents.parent HAVING child.date > max(above.date);
