-- depends: 0006-views
-- What the answer to a check-in needs of the weeks before, so that they need not be opened every time.

create table summary (
  person_id integer primary key references person (id) on delete cascade,
  version integer not null,  -- one more with every write to the person's entries
  sealed blob  -- null: to be made anew
);
