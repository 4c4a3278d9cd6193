-- Kept apart from limber.db: no backup holds it, no restore brings it back. Erasing a key here erases it everywhere.

create table host_key (
  id integer primary key check (id = 1),
  fingerprint text not null
);

create table person_key (
  person_id integer primary key,
  wrapped blob not null
);

-- People whose key is gone and whose rows are still to go.
create table erasure (
  person_id integer primary key
);
