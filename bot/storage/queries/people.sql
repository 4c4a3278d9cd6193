-- name: find(person)^
select person.*, summary.sealed as summary, coalesce(summary.version, 0) as summary_version,
  exists (select 1 from reminder where reminder.person_id = person.id and reminder.kind = 'morning') as mornings
from person left join summary on summary.person_id = person.id where person.id = :person;

-- name: consent(person, version, at)!
-- Whoever agrees again, to a newer text, keeps the zone.
insert into person (id, consented_at, consent_version, last_used) values (:person, :at, :version, :at)
on conflict (id) do update
set consented_at = excluded.consented_at, consent_version = excluded.consent_version, last_used = excluded.last_used;

-- name: set_version(person, version)!
update person set consent_version = :version where id = :person;

-- name: set_zone(person, zone)!
update person set zone = :zone where id = :person;

-- name: touch(person, at)!
-- Never backwards.
update person set last_used = :at where id = :person and last_used < :at;

-- name: unused_since(instant)
select id from person where last_used < :instant order by last_used, id;

-- name: forget_unused(person, instant)!
delete from person where id = :person and last_used < :instant;

-- name: forget(person)!
-- The person's records go with the person.
delete from person where id = :person;
