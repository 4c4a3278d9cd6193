-- depends: 0002-reminders
-- What a club posts. Nothing of it says who pressed: a tag opens to nobody, and a day later key and tags are gone.

alter table reminder add column post text;  -- a club post's options, as bot.reminders writes them; null: a person's
alter table reminder add column told integer not null default 0;  -- 1: its owner has been told that it is blocked

create index reminder_untold on reminder (person_id) where state = 'blocked' and told = 0;

-- One row for every post that was put together: what stands in it, and how many pressed Done.
create table post (
  occurrence_id text primary key references occurrence (id) on delete cascade,
  reminder_id text not null,
  routine text not null,  -- its id in the content
  key blob,  -- random, of this post alone; null: nothing is counted any more
  done integer not null default 0,
  made_at integer not null
);

create index post_of_reminder on post (reminder_id, made_at);
create index post_open on post (made_at) where key is not null;

-- So that nobody counts twice: a hash of somebody under the post's key. Who it was, no row says.
create table done (
  occurrence_id text not null references post (occurrence_id) on delete cascade,
  tag blob not null,
  primary key (occurrence_id, tag)
);
