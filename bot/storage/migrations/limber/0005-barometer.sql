-- depends: 0004-clubs
-- How many of a club were sore where, in bands. A band holds nobody; who takes part stands here, who hurts does not.

create table barometer (
  club_id integer primary key,
  secret blob not null  -- random; what the lots are drawn from
);

-- Somebody takes part. Whether, and where, it hurts them is in their sealed records alone.
create table barometer_member (
  club_id integer not null references barometer (club_id) on delete cascade,
  person_id integer not null references person (id) on delete cascade,
  since integer not null,
  primary key (club_id, person_id)
);

create index barometer_of_person on barometer_member (person_id);

-- A week that was closed: once, for good.
create table barometer_week (
  club_id integer not null references barometer (club_id) on delete cascade,
  week text not null,  -- its Monday, YYYY-MM-DD
  known integer not null check (known in (0, 1)),  -- 0: it could not be counted in time
  primary key (club_id, week)
);

create table barometer_band (
  club_id integer not null,
  week text not null,
  area text not null,  -- its id in the content
  band integer not null check (band >= 5 and band % 5 = 0),  -- the lowest number of the band
  primary key (club_id, week, area),
  foreign key (club_id, week) references barometer_week (club_id, week) on delete cascade
);
