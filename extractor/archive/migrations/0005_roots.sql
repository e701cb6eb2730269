-- What was given to the batches of a store, so that a file keeps its path whatever is given beside it later;
-- and in state: whole, 0 where the last batch was ended before it was done.

CREATE TABLE roots (                  -- the folders, zips, files and addresses that were given
    place  TEXT PRIMARY KEY,          -- where it lies, or its address
    prefix TEXT NOT NULL              -- how the paths of its files begin; empty for a store's first root
) WITHOUT ROWID;
INSERT INTO state VALUES ('whole', 1);
