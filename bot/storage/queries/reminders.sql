-- An owner is the person, or the club for a club's post: Discord numbers both from one series.

-- name: add(id, person, club, channel, kind, schedule, zone, state, reason, next_due, sealed, ignored, created_at, version, post, told, most, agreed)!
-- Only while its owner has fewer than `most`, counted in the same breath; of a person, who agreed at that moment.
insert into reminder (
  id, person_id, club_id, channel_id, kind, schedule, zone, state, reason, next_due, sealed, ignored, created_at, version,
  post, told
)
select :id, :person, :club, :channel, :kind, :schedule, :zone, :state, :reason, :next_due, :sealed, :ignored, :created_at,
  :version, :post, :told
where (select count(*) from reminder where person_id = :person)
  + (select count(*) from reminder where club_id = :club and person_id is null and :person is null) < :most
  and not exists (select 1 from person where id = :person and consented_at <> coalesce(:agreed, consented_at));

-- name: replace(id, channel, kind, schedule, zone, state, reason, next_due, sealed, ignored, version, post, told)!
-- Only what has not been edited since it was read.
update reminder
set channel_id = :channel, kind = :kind, schedule = :schedule, zone = :zone, state = :state, reason = :reason,
  next_due = :next_due, sealed = :sealed, ignored = :ignored, post = :post, told = :told,
  version = version + 1
where id = :id and version = :version;

-- name: remove(owner, id)!
delete from reminder where id = :id and (person_id = :owner or (person_id is null and club_id = :owner));

-- name: find(owner, id)^
select * from reminder where id = :id and (person_id = :owner or (person_id is null and club_id = :owner));

-- name: of_person(person)
select * from reminder where person_id = :person order by created_at, id;

-- name: of_club(club)
select * from reminder where club_id = :club and person_id is null order by created_at, id;

-- name: count(person)$
select count(*) from reminder where person_id = :person;

-- name: answered(id)!
update reminder set ignored = 0 where id = :id and ignored > 0;

-- name: untold()
select distinct person_id from reminder where state = 'blocked' and told = 0 and person_id is not null;

-- name: told_one(id)!
update reminder set told = 1 where id = :id and state = 'blocked';

-- name: told(person)!
update reminder set told = 1 where person_id = :person and state = 'blocked' and told = 0;

-- name: due(now, limit)
-- Longest due first.
select * from reminder where state = 'active' and next_due <= :now order by next_due limit :limit;

-- name: backlog(now)^
-- What is due and not settled: in the queue, out and not heard of, and not materialized yet because no bot runs.
select count(*) as count, min(due) as since from (
  select due_at as due from occurrence where state = 'pending' and due_at <= :now
  union all
  select due_at from occurrence where state = 'claimed' and due_at <= :now
  union all
  select next_due from reminder where state = 'active' and next_due <= :now
) waiting;
