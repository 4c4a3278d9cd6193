-- name: add(club, secret)!
-- The first secret stays.
insert into barometer (club_id, secret) values (:club, :secret) on conflict do nothing;

-- name: secret(club)$
select secret from barometer where club_id = :club;

-- name: join(club, person, since)!
-- Whoever is in already stays in since then.
insert into barometer_member (club_id, person_id, since) values (:club, :person, :since)
on conflict (club_id, person_id) do nothing;

-- name: leave(club, person)!
delete from barometer_member where club_id = :club and person_id = :person;

-- name: members(club)
select * from barometer_member where club_id = :club order by since, person_id;

-- name: of_person(person)
select * from barometer_member where person_id = :person order by since, club_id;

-- name: clubs()
select distinct club_id from barometer_member order by club_id;

-- name: latest(club)$
select max(week) from barometer_week where club_id = :club;

-- name: close(club, week, known)!
-- 0 rows when it was closed before.
insert into barometer_week (club_id, week, known) values (:club, :week, :known)
on conflict (club_id, week) do nothing;

-- name: show(club, week, area, band)!
insert into barometer_band (club_id, week, area, band) values (:club, :week, :area, :band);

-- name: weeks(club, limit)
-- The latest first.
select week, known from barometer_week where club_id = :club order by week desc limit :limit;

-- name: bands(club, since)
select week, area, band from barometer_band where club_id = :club and week >= :since order by week, area;

-- name: forget(before)!
delete from barometer_week where week < :before;
