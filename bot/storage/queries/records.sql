-- name: add(id, person, kind, at, sealed)!
insert into record (id, person_id, kind, at, sealed) values (:id, :person, :kind, :at, :sealed);

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
