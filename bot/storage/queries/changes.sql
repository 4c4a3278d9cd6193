-- name: add(club, at, moderator, what, post, before, after)*!
insert into club_change (club_id, number, at, moderator_id, what, post, before, after)
select cast(:club as bigint), coalesce(max(number), 0) + 1, cast(:at as bigint), cast(:moderator as bigint),
  cast(:what as text), cast(:post as text), cast(:before as text), cast(:after as text)
from club_change where club_id = :club;

-- name: of_club(club, since, limit)
-- The latest first.
select * from club_change
where club_id = :club and at >= :since order by number desc limit :limit;

-- name: moderators()
select distinct moderator_id from club_change where moderator_id is not null;

-- name: forget(before)!
delete from club_change where at < :before;
