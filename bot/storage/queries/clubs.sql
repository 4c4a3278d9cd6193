-- name: find(club)^
-- By name: see posts.sql.
select id, settings, version, joined_at, left_at, welcomed from club where id = :club;

-- name: change(club, settings, version)!
-- Only what has not been changed since it was read. Whoever sets something is here.
update club set settings = :settings, version = version + 1, left_at = null where id = :club and version = :version;

-- name: begin(club, settings, at)!
insert into club (id, settings, version, joined_at, welcomed) values (:club, :settings, 1, :at, 0)
on conflict do nothing;

-- name: joined(club, at)!
-- One that comes back finds everything as it was.
insert into club (id, version, joined_at, welcomed) values (:club, 0, :at, 0)
on conflict (id) do update set left_at = null where club.left_at is not null;

-- name: left(club, at)!
-- Only where there is something to keep for its return. The first time counts.
insert into club (id, version, joined_at, left_at, welcomed)
select cast(:club as bigint), 0, cast(:at as bigint), cast(:at as bigint), 0
where exists (select 1 from club where id = :club)
  or exists (select 1 from reminder where club_id = :club and person_id is null)
  or exists (select 1 from club_change where club_id = :club)
  or exists (select 1 from barometer where club_id = :club)
on conflict (id) do update set left_at = excluded.left_at where club.left_at is null;

-- name: welcomed(club)!
update club set welcomed = 1 where id = :club and welcomed = 0;

-- name: all()
select id, left_at from club;

-- name: left_before(instant)
select id from club where left_at < :instant order by left_at, id;

-- name: forget(club)!
delete from club where id = :club;

-- name: forget_left(club, instant)!
delete from club where id = :club and left_at < :instant;

-- name: forget_posts(club)!
-- Their occurrences and counts go with them.
delete from reminder where club_id = :club and person_id is null;

-- name: forget_changes(club)!
delete from club_change where club_id = :club;

-- name: forget_barometer(club)!
-- Who takes part and every week go with it.
delete from barometer where club_id = :club;
