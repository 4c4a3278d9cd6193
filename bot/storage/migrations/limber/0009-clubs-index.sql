-- depends: 0008-turns
-- What people set needs no place in the index of clubs: ten bytes each.

drop index reminder_of_club;
create index reminder_of_club on reminder (club_id) where club_id is not null;
