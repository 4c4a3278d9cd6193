-- depends: 0007-summary
-- Whose last turn is when is looked up by the one index that fits: PostgreSQL took another for as short, for what
-- is in the queue comes and goes faster than it counts, and read all of it for each occurrence.

drop index occurrence_of_owner;
create index occurrence_of_owner on occurrence (owner, turn) where settled_at is null;
