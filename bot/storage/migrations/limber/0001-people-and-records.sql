-- Instants are microseconds since 1970, UTC. Nothing of health stands in a clear column: it is inside `sealed`.

create table person (
  id integer primary key,  -- as Discord numbers people
  consented_at integer not null,
  consent_version integer not null,
  zone text,  -- IANA name
  last_used integer not null
);

create index person_last_used on person (last_used);

create table record (
  id text primary key,
  person_id integer not null references person (id) on delete cascade,
  kind text not null check (kind in ('checkin', 'assessment', 'weekly')),
  at integer not null,
  sealed blob not null
);

create index record_of_person on record (person_id, kind, at);
