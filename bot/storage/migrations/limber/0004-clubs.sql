-- depends: 0003-posts
-- What a club's moderators set up, and who changed what of it. A club's words are its own, for everybody to read.

create table club (
  id integer primary key,  -- as Discord numbers servers
  settings text,  -- JSON, as bot.clubs writes it; null: nothing was set yet
  version integer not null,  -- one more with every change of the settings
  joined_at integer not null,
  left_at integer,  -- null: the bot is there
  welcomed integer not null  -- 1: its moderators were shown how to begin
);

create index club_left on club (left_at) where left_at is not null;

-- What a moderator changed. Nowhere else stands who that was.
create table club_change (
  club_id integer not null,
  number integer not null,  -- one more with every line of the club
  at integer not null,
  moderator_id integer,  -- null: the bot by itself, or its host
  what text not null,  -- one word of bot.clubs
  post text,  -- JSON: which post it is about, by its channel and schedule; null: the settings
  before text,  -- readable; null: nothing
  after text,
  primary key (club_id, number)
);

create index club_change_at on club_change (at);
