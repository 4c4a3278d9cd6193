"""Forged presses, menus and forms of the moderators' side: nothing of either club is changed or shown."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.ui.limits import CUSTOM_ID
from bot.ui.locales import Locales
from tests.integration.forging import (
    Forger,
    Forgery,
    assert_nothing_of,
    assert_polite,
    chosen,
    made_up,
    pressed,
    said,
    sent,
)
from tests.integration.moderating import MONDAY, Round, actions, kept, named, reminders, second_club, with_schedule
from tests.integration.reminding import wind
from tests.support.components import flat, texts
from tests.support.ids import action_of, arguments_of, ids_of, legacy
from tests.support.judged import judged

TOKEN = re.compile(r"\b(?:[0-9a-f]{16}|(?=[a-z]*[2-7])[a-z2-7]{24})\b")
ONES_OWN = {
    "club_reminder.pause_all",
    "club_reminder.resume_all",
    "club_reminder.undo",
    "club.erase_confirmed",
}  # what a moderator may do to their own club, whoever showed it
SAID = {"hares": "Jo Hare, physio", "quails": "Kim Quail, nurse"}
HUGE = (str(10**30), "9" * 5000, "-1", "0", "1.5", "1e9", "text", "\u0663\u0664", "None", "\x00", "@everyone", "<#1>")


@dataclass(frozen=True)
class Two:
    """Two servers with the bot; each has a moderator, who is setting it up, a schedule and a contact."""

    hares: DemoClub
    quails: DemoClub
    maya: Round
    otto: Round

    async def kept(self) -> tuple[Any, Any]:
        return await kept(self.hares), await kept(self.quails)

    def secrets(self, of: Round) -> list[str]:
        """What must not be seen in the other club."""
        club = of.club
        ids = [club.guild.id, *(place.id for place in club.channels.values())]
        tokens = set(TOKEN.findall(json.dumps(of.seen)))
        return [*map(str, ids), *sorted(tokens), SAID["hares" if club is self.hares else "quails"]]


async def settled(club: DemoClub, name: str, contact: str) -> Round:
    look = Round(club, club.people[name])
    await with_schedule(club, name)
    form = await look.slash("contact")
    await look.who.submit_modal(form, {"contact": contact, "emergency": "Lifeguard"})
    form = await look.slash("tips")
    await look.who.submit_modal(form, {"tips": f"Ask {contact}"})
    await look.look_at_set_up()
    await look.slash("contact")
    await look.slash("tips")
    return look


@pytest.fixture
async def two(settings: Settings, locales: Locales) -> AsyncIterator[Two]:
    async with judged(settings, locales, now=lambda: MONDAY) as hares:
        quails = await second_club(hares)
        maya = await settled(hares, "maya", SAID["hares"])
        yield Two(hares, quails, maya, await settled(quails, "otto", SAID["quails"]))


@pytest.fixture
async def seen(two: Two) -> Two:
    """Both moderators have every card open."""
    await two.maya.look()
    await two.otto.look()
    return two


async def test_what_one_club_was_shown_is_no_good_in_another(seen: Two) -> None:
    tried = [one for one in seen.maya.forgeries if action_of(one[1]["custom_id"]) not in ONES_OWN]
    before = await seen.kept()

    secrets = seen.secrets(seen.maya)
    for name, answer in await Forger(seen.quails, "otto").try_all(tried):
        assert_nothing_of([secret for secret in secrets if secret not in name], assert_polite(answer, name), name)

    assert {action_of(one[1]["custom_id"]) for one in tried} == set(actions(seen.hares)) - ONES_OWN
    assert await seen.kept() == before
    assert seen.hares.channels["stretching"].history() == []


async def test_each_action_with_each_id_of_the_other_club(seen: Two) -> None:
    """Also in places where no card has it."""
    chance = Random(6)  # noqa: S311
    odd = ["0", "-1", "9" * 40, "_", "what", "where", "preview", "here", "everywhere", "hip", "a" * 24, "a" * 16]
    (theirs,) = await reminders(seen.hares)
    drafts = [arguments_of(name)[0] for name in seen.maya.ids if action_of(name).startswith("club_setup.")]
    known = [theirs.id, str(theirs.version), drafts[0], drafts[-1]]
    tried: list[Forgery] = []
    for action, count in everything(seen.quails).items():
        if count and action != "club.log":
            for first in (*known, *chance.sample(odd, 3)):
                rest = [chance.choice([*odd, *known]) for _ in range(count - 1)]
                name = ".".join(["l2", action, first, *rest])
                tried += [
                    pressed(name),
                    chosen(name, [chance.choice([*odd, *known])]),
                    sent(name, contact="x", tips="x"),
                ]
                tried += [pressed(old) for old in legacy(name)[:1]]
        arity = [(), *((known[0],) * n for n in range(1, 5))]
        tried += [pressed(".".join(["l2", action, *some])) for some in arity if len(some) != count]
    before = await seen.kept()

    secrets = seen.secrets(seen.maya)
    for name, answer in await Forger(seen.quails, "otto").try_all(tried):
        assert_nothing_of([secret for secret in secrets if secret not in name], assert_polite(answer, name), name)

    assert len(tried) > 500
    assert await seen.kept() == before


def everything(club: DemoClub) -> dict[str, int]:
    """Moderators' actions, the barometer's, and what stands on posts and on advice."""
    known = club.bot.router.actions
    others = {
        name: count
        for name, count in known.items()
        if name.startswith("barometer.") or name in {"post.done", "feedback.wrong"}
    }
    return actions(club) | others


async def test_whatever_is_made_up_is_answered(seen: Two) -> None:
    chance, before = Random(7), await seen.kept()  # noqa: S311
    tried: list[Forgery] = []
    for name in made_up(chance, [name for name in seen.otto.ids if action_of(name) not in ONES_OWN]):
        if name in seen.otto.ids:  # a scratch that is none
            continue
        junk = [chance.randbytes(40).decode("latin-1") for _ in range(2)]
        tried += [
            pressed(name),
            chosen(name, junk),
            sent(name, contact=junk[0], tips="\u202e@everyone", when="l" * 4000),
        ]

    for name, answer in await Forger(seen.quails, "otto").try_all(tried):
        assert_polite(answer, name[: CUSTOM_ID + 1])
    assert (await seen.kept())[0] == before[0]
    assert (await seen.kept())[1][1:2] == before[1][1:2]


def not_offered(two: Two) -> Iterator[tuple[str, list[str]]]:
    """Each menu, and what cannot be chosen from it."""
    other = two.hares
    channels = [str(place.id) for place in (*other.channels.values(), other.guild, two.quails.guild)]
    roles = [str(two.quails.guild.id), str(other.guild.id), *(str(role.id) for role in other.guild.roles.values())]
    for value in (*HUGE, *channels):
        yield "club_setup.channel", [value]
    for value in (*HUGE, *roles):
        yield "club_setup.role", [value]
    for menu in (
        "club_setup.days",
        "club_setup.time",
        "club_setup.zone",
        "club_setup.moments",
        "club_setup.minutes",
        "club_reminder.pick",
    ):
        for value in (*HUGE, "", "a" * 24, "7", "25:00", "12:60", "Mars/Phobos", "../../etc/passwd", "pizza"):
            yield menu, [value]
        yield menu, []
        yield menu, list(HUGE)


async def test_what_a_menu_does_not_offer_is_never_kept(seen: Two) -> None:
    """However it is answered: nothing that could be saved comes of it."""
    otto = Forger(seen.quails, "otto")
    before = await seen.kept()
    last = {action_of(name): name for name in seen.otto.ids}
    tried = [chosen(last[menu], values) for menu, values in not_offered(seen)]

    secrets = seen.secrets(seen.maya)
    for (name, answer), (_, data) in zip(await otto.try_all(tried), tried, strict=True):
        given = str(data["values"])
        assert_nothing_of(
            [secret for secret in secrets if secret not in given], assert_polite(answer, str(data)), given
        )
        action, value = action_of(name), (data["values"] or [""])[0]
        if action in {"club_setup.channel", "club_setup.role"} and value:
            assert not savable(answer), str(data)
            for step in ("what", "preview"):
                if go := ids_on(answer, "club_setup.next", step):
                    further = await otto.press(go)
                    assert_polite(further, go)
                    everyone = value == str(seen.quails.guild.id)  # which the menu offers, and which is refused
                    assert everyone or len(value) < 5 or value not in said(further), str(data)
                    assert not savable(further) or (action == "club_setup.role" and not everyone), str(data)
    assert await seen.kept() == before


def savable(answer: Any) -> bool:
    """Whether *Save* is on it and can be pressed."""
    parts = flat(answer.response.components) if answer.response else ()
    return any(action_of(part.get("custom_id", "")) == "club_setup.save" and not part.get("disabled") for part in parts)


def ids_on(answer: Any, action: str, last: str) -> str | None:
    parts = flat(answer.response.components) if answer.response else ()
    return next((name for name in ids_of(parts, action) if name.endswith(last)), None)


@pytest.mark.parametrize("of", ["channel", "role"])
async def test_a_channel_or_role_that_was_deleted_meanwhile_is_refused_at_save(two: Two, of: str) -> None:
    club, who = two.quails, two.otto.who
    gone = (
        club.guild.create_text_channel("gone") if of == "channel" else club.guild.create_role("gone", mentionable=True)
    )
    await club.env.settle()
    page = await who.slash(club.channels["general"], "club reminder add")
    page = await who.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    if of == "channel":
        page = await who.select(page.response, [gone], custom_id=named(page, "club_setup.channel"))
    page = await who.click(page.response, label="Next")
    if of == "role":
        page = await who.select(page.response, [gone], custom_id=named(page, "club_setup.role"))
    page = await who.click(page.response, label="Preview")
    here = club.bot.get_guild(club.guild.id)
    found = here.get_channel(gone.id) if of == "channel" else here.get_role(gone.id)
    await found.delete()
    await club.env.settle()

    refused = await who.click(page.response, label="Save")

    assert "was deleted" in texts(refused.response.components)
    assert not savable(refused)
    assert len(await reminders(club)) == 1


async def test_who_looks_after_two_clubs_cannot_carry_a_draft_from_one_to_the_other(two: Two) -> None:
    """Their own set-up, begun for the hares, pressed among the quails: a channel or a schedule of the hares."""
    role = next(role for role in two.quails.guild.roles.values() if role.name == "crew")
    two.quails.people["maya"] = two.quails.guild.add_member(two.maya.who.user, roles=[role])
    await two.quails.env.settle()
    (theirs,), before = await reminders(two.hares), await two.kept()
    begun = await two.maya.who.slash(two.hares.channels["general"], "club reminder edit", reminder=theirs.id)
    maya = Forger(two.quails, "maya")

    moved = await maya.choose(named(begun, "club_setup.channel"), str(two.quails.channels["general"].id))
    shown = await maya.press(ids_on(moved, "club_setup.next", "what") or "")
    shown = await maya.press(ids_on(shown, "club_setup.next", "preview") or "")
    saved = await maya.press(named(shown, "club_setup.save"))
    stayed = await maya.press(ids_on(begun, "club_setup.next", "preview") or named(begun, "club_setup.next"))

    assert "no longer there" in texts(saved.response.components)
    assert "was deleted" in texts(stayed.response.components)
    assert not savable(stayed)
    assert await two.kept() == before


EMPTIES = {"nothing at all", "invisible", "fields of another form"}  # an empty field takes away what stood there
FORMS: dict[str, dict[str, str]] = {
    "far too long": dict.fromkeys(("contact", "emergency", "tips", "when", "place"), "x" * 4000),
    "far too many tips": {"tips": "\n".join(f"tip {number}" for number in range(1000))},
    "mentions": dict.fromkeys(("contact", "emergency", "tips", "when", "place"), "@everyone <@1> <@&2> <#3> @here"),
    "markup": dict.fromkeys(("emergency", "tips", "when", "place"), "**x** [a](https://evil.example) `y` ||z||"),
    "invisible": dict.fromkeys(("contact", "emergency", "tips", "when", "place"), "\u202e\u200b\u2060\ufeff\u00ad"),
    "a link that hides": dict.fromkeys(("contact", "tips", "emergency"), "https://club.example@evil.example/"),
    "nothing at all": {},
    "fields of another form": {"pain": "9", "note": "hello", "values": "x"},
}


async def test_a_form_that_holds_what_it_cannot_is_answered_and_nothing_is_kept(two: Two) -> None:
    otto = Forger(two.quails, "otto")
    forms = [
        name
        for name in two.otto.ids
        if action_of(name)
        in {"club.submit_contact", "club.submit_tips", "club_setup.submit_time", "club_setup.submit_zone"}
    ]
    for what, typed in FORMS.items():
        before = await two.kept()
        tried = [name for name in forms if what in EMPTIES or set(fields_of(name)) & set(typed)]

        for name, answer in await otto.try_all([sent(name, **typed) for name in tried]):
            assert_polite(answer, name)
            shown = texts(answer.response.components)
            assert [bad for bad in ("@everyone", "@here", "<@", "<#3>", "](https", "\u202e") if bad in shown] == [], (
                what
            )
            assert len(shown) <= 4000

        now = await two.kept()
        assert now[0] == before[0]
        assert now == before or what in EMPTIES, what


def fields_of(custom_id: str) -> tuple[str, ...]:
    known = {
        "club.submit_contact": ("contact", "emergency"),
        "club.submit_tips": ("tips",),
        "club_setup.submit_time": ("when",),
        "club_setup.submit_zone": ("place",),
    }
    return known[action_of(custom_id)]


async def test_a_mark_of_before_overwrites_nothing(two: Two) -> None:
    """A form that was opened before somebody else changed the same."""
    otto, club = Forger(two.quails, "otto"), two.quails
    old = await two.otto.slash("contact")
    new = await two.otto.slash("contact")
    await two.otto.who.submit_modal(new, {"contact": "Sam, first aid", "emergency": ""})
    before = await kept(club)

    ((_, answer),) = await otto.try_all([sent(old.modal["custom_id"], contact="Mallory", emergency="")])

    assert_polite(answer)
    assert "Somebody else changed this" in texts(answer.response.components)
    assert await kept(club) == before


async def test_advice_that_looks_wrong_names_ones_own_club_alone(two: Two) -> None:
    for area in ("hip", "knee"):
        answer = await Forger(two.quails, "otto").press(f"l2.feedback.wrong.{area}")
        assert_polite(answer)
        assert SAID["quails"] in said(answer)
        assert SAID["hares"] not in said(answer)
    for area in ("pizza", "-1", "a" * 40):
        answer = await Forger(two.quails, "otto").press(f"l2.feedback.wrong.{area}")
        assert SAID["quails"] not in said(answer)


async def test_done_under_a_post_of_another_club_counts_nothing(two: Two) -> None:
    club = two.hares
    await wind(club, until="2026-11-23T18:01")
    post = club.channels["stretching"].last_message
    done = next(ids_of(flat([component.to_dict() for component in post.components]), "post.done"))
    storage = club.services.storage
    before = await storage.posts.find(arguments_of(done)[0])

    answer = await Forger(two.quails, "otto").press(done)

    assert await storage.posts.find(arguments_of(done)[0]) == before
    assert_polite(answer, done)


async def test_two_moderators_of_one_club_do_not_share_drafts_or_refused_words(seen: Two) -> None:
    """What one is typing is nobody else's, not even another moderator's."""
    role = next(role for role in seen.hares.guild.roles.values() if role.name == "moderators")
    nora = seen.hares.guild.add_member(seen.hares.env.create_user("nora"), roles=[role])
    seen.hares.people["nora"] = nora
    await seen.hares.env.settle()
    drafts = [
        name
        for name in seen.maya.ids
        if action_of(name) in {"club.fix_contact", "club.fix_tips"} or action_of(name).startswith("club_setup.")
    ]
    before = await seen.kept()

    for name, answer in await Forger(seen.hares, "nora").try_all([pressed(name) for name in drafts]):
        assert_polite(answer, name)
        assert not answer.modal, name
        assert "half an hour" in texts(answer.response.components), name
    assert await seen.kept() == before
