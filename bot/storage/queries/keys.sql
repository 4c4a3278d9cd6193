-- name: fingerprint()$
select fingerprint from host_key;

-- name: set_fingerprint(fingerprint)!
-- The first process to begin wins: another one's key opens nothing here.
insert into host_key (id, fingerprint) values (1, :fingerprint) on conflict (id) do nothing;

-- name: wrapped(person)$
select wrapped from person_key where person_id = :person;

-- name: add(person, wrapped)!
-- A key that is there stays: what was sealed under it must still open. None is added while rows are still to go.
insert into person_key (person_id, wrapped)
select :person, :wrapped where not exists (select 1 from erasure where person_id = :person)
on conflict (person_id) do nothing;

-- name: take_turn()!
-- SQLite begins a transaction with the first statement that writes.
delete from erasure where false;

-- name: destroy(person)!
delete from person_key where person_id = :person;

-- name: erasure_begins(person)!
insert into erasure (person_id) values (:person) on conflict (person_id) do nothing;

-- name: erasures()
select person_id from erasure order by person_id;

-- name: erasure_is_done(person)!
delete from erasure where person_id = :person;
