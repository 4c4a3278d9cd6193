-- name: find(name)^
select holder, until, fence, halted from lease where name = :name;

-- name: take(name, holder, until, now, seen)!
-- From nobody, from who is late, or from whom we have watched stand still.
update lease set holder = :holder, until = :until, fence = fence + 1
where name = :name and (holder is null or until <= :now or until = :seen);

-- name: renew(name, fence, until)!
update lease set until = :until where name = :name and fence = :fence and holder is not null;

-- name: release(name, fence)!
update lease set holder = null where name = :name and fence = :fence;

-- name: halt(name, halted)!
update lease set halted = :halted where name = :name;
