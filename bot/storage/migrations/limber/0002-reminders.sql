-- depends: 0001-people-and-records
-- When something is due, where it goes, what became of it. What a reminder is about, and a person's words, are sealed.

create table reminder (
  id text primary key,  -- random
  person_id integer references person (id) on delete cascade,  -- whose it is; null: a club's post
  club_id integer,
  channel_id integer,
  kind text not null check (kind in ('checkin', 'stretch', 'words', 'morning', 'club')),
  schedule text not null,  -- wall-clock time and days, as bot.reminders writes them
  zone text not null,  -- IANA name
  state text not null check (state in ('active', 'paused', 'blocked', 'ended')),
  reason text,  -- why it is blocked: one word or a code of Discord's
  next_due integer,
  sealed blob,
  ignored integer not null,  -- deliveries in a row that nobody answered
  created_at integer not null,
  version integer not null,  -- one more with every edit
  check (person_id is not null or club_id is not null)
);

create index reminder_due on reminder (next_due) where state = 'active';
create index reminder_of_person on reminder (person_id);
create index reminder_of_club on reminder (club_id);

-- One row for every time a reminder was to ring.
create table occurrence (
  id text primary key,  -- made of the next two; Discord's nonce as well
  reminder_id text not null references reminder (id) on delete cascade,
  local_at text not null,  -- on the wall, as the schedule has it
  due_at integer not null,
  state text not null check (
    state in ('pending', 'claimed', 'sent', 'late', 'skipped', 'blocked', 'unknown', 'failed')
  ),
  reason text,
  owner integer not null,  -- the person, or else the club: for turns
  turn integer not null,  -- an instant: the place in the queue
  give_up integer not null,  -- when it is too late, less the time spent in our own queue (lease.queued)
  not_before integer not null,  -- when to try, or to try again
  claimed_at integer,  -- since when a message of it may be out there
  holder integer,  -- the fence of who claimed it
  attempt integer not null,
  message_id integer,
  settled_at integer,
  unique (reminder_id, local_at)
);

create index occurrence_waiting on occurrence (turn) where state = 'pending';
create index occurrence_of_owner on occurrence (owner, turn) where state = 'pending';
create index occurrence_trying on occurrence (not_before) where state = 'pending';
create index occurrence_claimed on occurrence (not_before) where state = 'claimed';
create index occurrence_settled on occurrence (settled_at) where settled_at is not null;

-- Who does a job that only one process may do.
create table lease (
  name text primary key,
  holder text,  -- random, a new one for every process; null: free
  until integer not null,
  fence integer not null,  -- one more with every new holder
  queued integer not null,  -- microseconds spent so far in the queue behind our own pace
  halted integer not null  -- 1: the host has switched it off
);

insert into lease (name, holder, until, fence, queued, halted) values ('delivery', null, 0, 0, 0, 0);
