-- name: add(id, person, kind, at, sealed, agreed)!
-- Only for who agreed at that moment, or whenever they did.
insert into record (id, person_id, kind, at, sealed)
select :id, id, :kind, :at, :sealed from person
where id = :person and consented_at = coalesce(:agreed, consented_at);

-- name: add_if_summed_up(id, person, kind, at, sealed, summary)!
-- Only together with this summary.
insert into record (id, person_id, kind, at, sealed)
select :id, person_id, :kind, :at, :sealed from summary where person_id = :person and sealed = :summary;

-- name: sum_up(person, version, summary, agreed)!
-- Only where no entry was written since `version` was read.
insert into summary (person_id, version, sealed)
select id, 1, :summary from person where id = :person and consented_at = coalesce(:agreed, consented_at)
on conflict (person_id) do update set version = summary.version + 1, sealed = excluded.sealed
where summary.version = :version;

-- name: forget_summary(person)!
-- It is made anew when it is needed.
insert into summary (person_id, version, sealed) select id, 1, null from person where id = :person
on conflict (person_id) do update set version = summary.version + 1, sealed = null;

-- name: replace(id, person, kind, at, sealed)!
update record set at = :at, sealed = :sealed where id = :id and person_id = :person and kind = :kind;

-- name: remove(id, person)!
delete from record where id = :id and person_id = :person;

-- name: find(id, person)^
select * from record where id = :id and person_id = :person;

-- name: between(person, kind, since, until)
-- Oldest first; `since` is in, `until` is not.
select * from record
where person_id = :person and kind = :kind and at >= :since and at < :until order by at, id;

-- name: checkins_and_assessments(person, since, until, assessments_since)
-- Oldest first; `since` is in, `until` is not.
select * from record
where person_id = :person and kind = 'checkin' and at >= :since and at < :until
union all
select * from record
where person_id = :person and kind = 'assessment' and at >= :assessments_since
order by at, id;

-- name: of_person(person)
select * from record where person_id = :person order by kind, at, id;

-- name: count(person)
select kind, count(*) from record where person_id = :person group by kind;
