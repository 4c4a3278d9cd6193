"""What may stand in each column of the database."""

# Whoever adds a column says here what may stand in it. Pain, area, side and words never may: seal them.
COLUMNS = {
    "limber.db": {
        "person": {
            "id": "INTEGER",
            "consented_at": "INTEGER",  # an instant
            "consent_version": "INTEGER",
            "zone": "TEXT",  # IANA name
            "last_used": "INTEGER",  # an instant
        },
        "record": {
            "id": "TEXT",  # random
            "person_id": "INTEGER",
            "kind": "TEXT",  # one of three words
            "at": "INTEGER",  # an instant
            "sealed": "BLOB",
        },
        "summary": {
            "person_id": "INTEGER",
            "version": "INTEGER",  # a count
            "sealed": "BLOB",
        },
        "reminder": {
            "id": "TEXT",  # random
            "person_id": "INTEGER",
            "club_id": "INTEGER",
            "channel_id": "INTEGER",
            "kind": "TEXT",  # one of five words
            "schedule": "TEXT",  # wall-clock time, days, zone
            "zone": "TEXT",  # IANA name
            "state": "TEXT",  # one of four words
            "reason": "TEXT",  # why it is blocked: a word of ours or a code of Discord's
            "next_due": "INTEGER",  # an instant
            "sealed": "BLOB",
            "ignored": "INTEGER",  # a count
            "created_at": "INTEGER",  # an instant
            "version": "INTEGER",
            "post": "TEXT",  # what a club asked for: areas, minutes, role, language. Never a person's
            "told": "INTEGER",  # 0 or 1
        },
        "occurrence": {
            "id": "TEXT",  # a hash of the next two
            "reminder_id": "TEXT",
            "local_at": "TEXT",  # wall-clock time
            "due_at": "INTEGER",  # an instant
            "state": "TEXT",  # one of eight words
            "reason": "TEXT",  # why it was not sent: a word of ours, the same for all that is of health, or a code
            "owner": "INTEGER",  # a person or a club
            "turn": "INTEGER",  # an instant
            "give_up": "INTEGER",  # an instant
            "not_before": "INTEGER",  # an instant
            "claimed_at": "INTEGER",  # an instant
            "holder": "INTEGER",  # a fence
            "attempt": "INTEGER",
            "message_id": "INTEGER",
            "settled_at": "INTEGER",  # an instant
        },
        "post": {
            "occurrence_id": "TEXT",
            "reminder_id": "TEXT",  # a club's
            "routine": "TEXT",  # what everybody in the channel sees
            "key": "BLOB",  # random, for a day
            "done": "INTEGER",  # a count
            "made_at": "INTEGER",  # an instant
        },
        "done": {
            "occurrence_id": "TEXT",
            "tag": "BLOB",  # a hash of somebody under the post's key, for a day
        },
        # In the clear says less than it seems: that a person of a club takes part, as `record` says who keeps a diary.
        # Who of them hurts, and where, is sealed; a band has an area and nobody in it. Sealed, a club's members could
        # only be found by opening everybody's key. See docs/adr/0013-barometer.md.
        "barometer": {
            "club_id": "INTEGER",
            "secret": "BLOB",  # random; what lots are drawn from. Opens nothing
        },
        "barometer_member": {
            "club_id": "INTEGER",
            "person_id": "INTEGER",
            "since": "INTEGER",  # an instant
        },
        "barometer_week": {
            "club_id": "INTEGER",
            "week": "TEXT",  # a Monday
            "known": "INTEGER",  # 0 or 1
        },
        "barometer_band": {
            "club_id": "INTEGER",
            "week": "TEXT",  # a Monday
            "area": "TEXT",  # of five people or more together, whoever they are
            "band": "INTEGER",  # 5, 10, 15…
        },
        "club": {
            "id": "INTEGER",
            "settings": "TEXT",  # a club's own words, for everybody to read; nobody's health
            "version": "INTEGER",
            "joined_at": "INTEGER",  # an instant
            "left_at": "INTEGER",  # an instant
            "welcomed": "INTEGER",  # 0 or 1
        },
        "club_change": {
            "club_id": "INTEGER",
            "number": "INTEGER",
            "at": "INTEGER",  # an instant
            "moderator_id": "INTEGER",  # for 180 days
            "what": "TEXT",  # one word
            "post": "TEXT",  # which post of the club: channel and schedule
            "before": "TEXT",  # as in the settings, or as in a post
            "after": "TEXT",
        },
        "lease": {
            "name": "TEXT",
            "holder": "TEXT",  # random
            "until": "INTEGER",  # an instant
            "fence": "INTEGER",
            "queued": "INTEGER",  # a duration
            "halted": "INTEGER",  # 0 or 1
        },
    },
    "keys.db": {
        "host_key": {"id": "INTEGER", "fingerprint": "TEXT"},
        "person_key": {"person_id": "INTEGER", "wrapped": "BLOB"},
        "erasure": {"person_id": "INTEGER"},
    },
}
