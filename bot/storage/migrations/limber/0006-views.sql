-- depends: 0005-barometer
-- Occurrences as they are read: one list of columns, whoever asks.

create view occurrence_row as
select o.id, o.reminder_id, o.local_at, o.due_at, o.state, o.give_up + lease.queued as until, o.not_before, o.claimed_at,
  o.attempt, o.message_id, o.reason, o.settled_at, o.turn, o.holder
from occurrence o join lease on lease.name = 'delivery';

create view occurrence_with_reminder as
select o.id, o.reminder_id, o.local_at, o.due_at, o.state, o.until, o.not_before, o.claimed_at, o.attempt, o.message_id,
  o.reason, o.settled_at, o.turn, o.holder, r.person_id, r.club_id, r.channel_id, r.kind, r.schedule, r.zone,
  r.state as reminder_state, r.reason as reminder_reason, r.next_due, r.sealed, r.ignored, r.created_at, r.version,
  r.post, r.told
from occurrence_row o join reminder r on r.id = o.reminder_id;
