-- accepted  1 where every value of the record is sure enough to be taken unseen, 0 where somebody should look;
--           empty for records that were made before

ALTER TABLE plans ADD COLUMN accepted INTEGER;
CREATE INDEX plans_by_accepted ON plans (accepted);
