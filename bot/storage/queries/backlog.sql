-- name: backlog(now)^
-- What is due and not settled: in the queue, out and not heard of, and not materialized yet because no bot runs.
select count(*) as count, min(due) as since from (
  select due_at as due from occurrence where state = 'pending' and due_at <= :now
  union all
  select due_at from occurrence where state = 'claimed' and due_at <= :now
  union all
  select next_due from reminder where state = 'active' and next_due <= :now
) waiting;
