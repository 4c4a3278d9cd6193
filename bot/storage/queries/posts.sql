-- name: add(occurrence, reminder, routine, key, made_at)!
-- What was put together first stays: a post that is sent again is the same one.
insert into post (occurrence_id, reminder_id, routine, key, done, made_at)
values (:occurrence, :reminder, :routine, :key, 0, :made_at)
on conflict do nothing;

-- name: find(occurrence)^
-- By name, as whatever is read in a transaction: PostgreSQL breaks off one whose plan a new column has changed.
select occurrence_id, reminder_id, routine, key, made_at, done from post where occurrence_id = :occurrence;

-- name: latest(reminder, limit)
-- The latest first.
select routine from post where reminder_id = :reminder order by made_at desc, occurrence_id limit :limit;

-- name: one_more(occurrence, tag)!
-- 0 rows when it was counted already, or nothing is counted any more.
update post set done = done + 1
where occurrence_id = :occurrence and key is not null
  and not exists (select 1 from done where done.occurrence_id = :occurrence and done.tag = :tag);

-- name: tag(occurrence, tag)!
insert into done (occurrence_id, tag) values (:occurrence, :tag);

-- name: forget_tags(before)!
delete from done where occurrence_id in (select occurrence_id from post where made_at < :before);

-- name: forget_keys(before)!
update post set key = null where made_at < :before and key is not null;
