-- Grace does not count the time spent in our own queue: `give_up` is less all of it so far, and it is added again later.

-- name: hold(fence, queued)!
-- First in every transaction of the delivery worker: 0 rows when another process delivers now.
update lease set queued = queued + :queued where name = 'delivery' and fence = :fence and holder is not null;

-- name: halted()$
select halted from lease where name = 'delivery';

-- name: materialize(id, reminder, version, due, local, state, reason, settled_at, grace, spacing)*!
-- A place in the queue: when it is due, or behind the last one of the same owner, so that nobody fills the queue.
-- By `settled_at`, not by state, so that no other index fits: see migration 0008.
insert into occurrence (
  id, reminder_id, local_at, due_at, state, reason, owner, turn, give_up, not_before, attempt, settled_at
)
select cast(:id as text), r.id, cast(:local as text), r.next_due, cast(:state as text), cast(:reason as text), r.owner,
  case when r.last + :spacing > r.next_due then r.last + :spacing else r.next_due end,
  r.next_due + :grace - lease.queued, r.next_due, 0, cast(:settled_at as bigint)
from (
  select reminder.id, reminder.next_due, coalesce(reminder.person_id, reminder.club_id) as owner, (
      select max(other.turn) from occurrence other
      where other.settled_at is null and other.owner = coalesce(reminder.person_id, reminder.club_id)
    ) as last
  from reminder
  where reminder.id = :reminder and reminder.version = :version and reminder.next_due + 0 = :due
    and reminder.state = 'active'
) r, lease
where lease.name = 'delivery'
on conflict do nothing;

-- name: advance(reminder, version, due, next_due, state)*!
-- `+ 0`: by the id alone, however many are due at the same time.
update reminder set next_due = :next_due, state = :state
where id = :reminder and version = :version and next_due + 0 = :due and state = 'active';

-- name: block_unreadable(reminder, version, reason)*!
update reminder set state = 'blocked', reason = :reason, told = 0
where id = :reminder and version = :version and state = 'active';

-- name: again(id, reminder, local, due, grace)!
-- Once more, later, of what somebody put off. It goes behind nobody.
insert into occurrence (id, reminder_id, local_at, due_at, state, owner, turn, give_up, not_before, attempt)
select cast(:id as text), reminder.id, cast(:local as text), cast(:due as bigint), 'pending',
  coalesce(reminder.person_id, reminder.club_id), cast(:due as bigint), cast(:due as bigint) + :grace - lease.queued,
  cast(:due as bigint), 0
from reminder, lease
where reminder.id = :reminder and reminder.state in ('active', 'ended') and lease.name = 'delivery'
on conflict do nothing;

-- name: status(fence, now)^
-- One look at everything that may be to do: the first row of each index.
select
  (select min(next_due) from reminder where state = 'active') as next_due,
  coalesce((select min(not_before) from occurrence where state = 'pending') <= :now, false)
    or exists (select 1 from occurrence where state = 'claimed' and (not_before <= :now or holder <> :fence)) as claimable,
  (
    select min(first) from (
      select min(not_before) as first from occurrence where state = 'pending' and not_before > :now
      union all
      select min(not_before) from occurrence where state = 'claimed' and not_before > :now
    ) tries
  ) as next_try;

-- name: loose(now, fence, limit)
-- Claimed, but nobody is at work on it: its holder is gone, or it is time to try again.
select * from occurrence_with_reminder
where state = 'claimed' and (not_before <= :now or holder <> :fence) order by not_before limit :limit;

-- name: waiting(now, limit)
-- `+ 0`: by no other index than that of turns, which has them in order already.
select * from occurrence_with_reminder
where state = 'pending' and not_before + 0 <= :now order by turn limit :limit;

-- name: claim(id, fence, claimed_at, not_before)*!
update occurrence set state = 'claimed', holder = :fence, claimed_at = :claimed_at, not_before = :not_before
where id = :id and state in ('pending', 'claimed');

-- name: settle(id, fence, state, reason, not_before, claimed_at, attempt, message, settled_at)*!
-- Only by who claimed it. `|| ''`: by the id alone, however many were claimed since somebody began to copy all of it.
update occurrence
set state = :state, reason = :reason, not_before = :not_before, claimed_at = :claimed_at, attempt = :attempt,
  message_id = :message, settled_at = :settled_at
where id = :id and state || '' = 'claimed' and holder = :fence;

-- name: block(reminder, version, reason)*!
-- Whoever edited it since it was claimed may have mended it: the next refusal says.
update reminder set state = 'blocked', reason = :reason, told = 0
where id = :reminder and version = :version and state in ('active', 'ended');

-- name: delivered(reminder)*!
update reminder set ignored = ignored + 1 where id = :reminder and person_id is not null;

-- name: of_reminder(reminder, limit)
-- The latest first.
select * from occurrence_row where reminder_id = :reminder order by local_at desc limit :limit;

-- name: of_person(person)
select * from occurrence_with_reminder where person_id = :person order by due_at, id;

-- name: find(id)^
select * from occurrence_with_reminder where id = :id;

-- name: cancel(reminder, reason, now)!
-- Only what is still in the queue: nothing of it is out there. `|| ''`: without reading the queue.
update occurrence set state = 'skipped', reason = :reason, settled_at = :now
where reminder_id = :reminder and state || '' = 'pending';

-- name: forget(before)!
delete from occurrence where settled_at < :before;

-- name: settled_since(since)
-- How many became what.
select state, count(*) as number from occurrence where settled_at >= :since group by state;
