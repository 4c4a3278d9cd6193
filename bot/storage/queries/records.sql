-- name: add(id, person, kind, at, sealed)!
insert into record (id, person_id, kind, at, sealed) values (:id, :person, :kind, :at, :sealed);

-- name: replace(id, person, kind, at, sealed)!
update record set at = :at, sealed = :sealed where id = :id and person_id = :person and kind = :kind;

-- name: remove(id, person)!
delete from record where id = :id and person_id = :person;

-- name: find(id, person)^
select id, person_id, kind, at, sealed from record where id = :id and person_id = :person;

-- name: between(person, kind, since, until)
-- Oldest first; `since` is in, `until` is not.
select id, person_id, kind, at, sealed from record
where person_id = :person and kind = :kind and at >= :since and at < :until order by at, id;

-- name: latest(person, kind, limit)
-- Newest first.
select id, person_id, kind, at, sealed from record
where person_id = :person and kind = :kind order by at desc, id desc limit :limit;

-- name: of_person(person)
select id, person_id, kind, at, sealed from record where person_id = :person order by kind, at, id;

-- name: count(person)
select kind, count(*) from record where person_id = :person group by kind;
