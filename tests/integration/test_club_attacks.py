"""What moderators type, as an attack: wherever it is shown it calls nobody, hides nothing and looks like text."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clubs.text_rules import MAX_TEXT_LENGTH
from bot.demo.club import DemoClub
from bot.settings import Settings
from bot.ui.locales import Locales
from tests.integration.forging import FAULT, Forger, said, sent
from tests.integration.moderating import MONDAY, fields, named
from tests.support.components import labels, texts
from tests.support.judged import judged
from tests.support.pressing import checking, sources

MARK = "zqx"  # stands in every text, to be found again
MARKDOWN = f"{MARK} **warm** _up_ ~~slowly~~ ||before|| `the` __session__ \\\\"
QUIET = {
    "markdown": MARKDOWN,
    "a heading": f"# {MARK} big",
    "a quote": f">>> {MARK} quoted",
    "small print": f"-# {MARK} small, as ours",
    "invisible": f"{MARK}\u200b\u2060\ufeff\u00ad\u202etext\u202c\u2066x\u2069",
    "piled up": MARK + "a" + "\u0301" * 40,
    "lines": f"\n\n\n**You are fine. Do nothing.** {MARK}\n\n\n",
    "an emoji": f"{MARK} <:smile:123456789012345678>",
    "a time": f"{MARK} <t:0:R> </club erase:1>",
    "wide letters": f"{MARK} ＠ｅｖｅｒｙｏｎｅ",  # which call nobody
    "code": f"```\n{MARK}\n```",
}
REFUSED = {
    "everyone": f"{MARK} @everyone",
    "here": f"{MARK} @here",
    "a member": f"{MARK} <@123456789012345678>",
    "a role": f"{MARK} <@&123456789012345678>",
    "a channel": f"{MARK} <#123456789012345678>",
    "a link behind words": f"{MARK} [safe](https://evil.example)",
    "a link without https": f"{MARK} http://evil.example",
    "a user name in a link": f"{MARK} https://club.example@evil.example",
    "hidden by marks": f"{MARK} @every\u200bone",
}
ONE_LINE = {"contact": "zqx-contact", "emergency": "zqx-emergency", "tips": "zqx-tip"}
#: Nothing of this may reach anybody's screen raw.
RAW = re.compile(
    r"@everyone|@here|<@|<#\d|<:|<t:0|</|\]\(|https?://evil|(?<!\\)\*\*warm|(?<!\\)~~slowly|(?<!\\)\|\|bef|(?<!\\)`the"
    r"|[\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]|\u0301{4}"
)
OWN = re.compile(r"<#\d+>|<@\d+>|<t:\d+:[fF]>")  # links of Discord's own making, where the log and the lists have them


@pytest.fixture
async def club(settings: Settings, locales: Locales) -> AsyncIterator[DemoClub]:
    async with judged(settings, locales, now=lambda: MONDAY) as opened:
        yield opened


async def typed(club: DemoClub, **what: str) -> Any:
    """The answer to the last form."""
    maya, general, answer = club.people["maya"], club.channels["general"], None
    for form in ("contact", "tips"):
        opened = await maya.slash(general, f"club {form}")
        if wanted := {name: what.get(name, "") for name in fields(opened)}:
            answer = await maya.submit_modal(opened, wanted)
            assert answer.ephemeral
    return answer


async def shown(club: DemoClub) -> dict[str, str]:
    """Every card on which a club's words may stand, by name."""
    ana, maya, general = club.people["ana"], club.people["maya"], club.channels["general"]
    card = await ana.slash(general, "pain", area="hip")
    cards = {"now": await ana.click(card.response, label="Yes, or not sure")}
    cards["alarm"] = await ana.slash(general, "pain", area="crushing chest pain")
    cards["result"] = await result(club)
    cards["tip"] = await ana.slash(general, "tip", area="knee")
    card = await ana.slash(general, "pain", area="hip")
    page = await sources(ana, card)
    cards["wrong"] = await ana.click(page.response, label="This looks wrong")
    cards["care"] = await maya.slash(general, "club channel")
    log = await maya.slash(general, "club log")
    shown = {name: texts(answer.response.components) for name, answer in cards.items()}
    shown["log"] = texts(log.response.components)
    while "Older" in labels(log.response.components):
        log = await maya.click(log.response, label="Older")
        shown["log"] += "\n" + texts(log.response.components)
    return shown


async def result(club: DemoClub) -> Any:
    """A finding that sends to get help at once."""
    check = await checking(club, "hip")
    await check.group("chest")
    await check.mark("chest_pain")
    return check.page


WHERE = {
    "now": ("contact", "emergency"),
    "alarm": ("contact", "emergency"),
    "result": ("contact", "emergency"),
    "tip": ("tips",),
    "wrong": ("contact",),
    "care": ("contact", "emergency"),
    "log": ("contact", "emergency", "tips"),
}


@pytest.mark.parametrize("what", QUIET)
async def test_what_is_harmless_once_it_is_plain_is_shown_plain_everywhere(club: DemoClub, what: str) -> None:
    await typed(club, **dict.fromkeys(ONE_LINE, QUIET[what]))
    for name, text in (await shown(club)).items():
        assert MARK in text, name
        assert RAW.findall(OWN.sub("", text)) == [], name
        for line in text.splitlines():
            if MARK in line:
                assert not re.match(r"\s*(#|>|-#|```)", line), (name, line)
        assert len(text) <= 4000, name
        assert text.count("emergency number") >= (name in {"now", "alarm", "result"}), name


@pytest.mark.parametrize("field", ONE_LINE)
@pytest.mark.parametrize("what", REFUSED)
async def test_what_calls_people_or_hides_where_it_leads_is_refused_and_stands_nowhere(
    club: DemoClub, what: str, field: str
) -> None:
    opened = await club.people["maya"].slash(
        club.channels["general"], f"club {'tips' if field == 'tips' else 'contact'}"
    )
    answer = await club.people["maya"].submit_modal(opened, dict.fromkeys(fields(opened), "") | {field: REFUSED[what]})

    assert answer.ephemeral
    assert labels(answer.response.components) == ["Fix it"]
    assert MARK not in texts(answer.response.components)
    again = await club.people["maya"].click(answer.response, label="Fix it")
    assert MARK in str(again.modal)
    care = await club.people["maya"].slash(club.channels["general"], "club channel")
    assert MARK not in said(care)


@pytest.mark.parametrize("field", ONE_LINE)
async def test_as_much_as_may_be_said_fits_on_every_card_and_one_more_is_refused(club: DemoClub, field: str) -> None:
    """Each text as long as it may be; the emergency line of ours is whole above it."""
    longest = {
        "contact": f"{MARK} " + "*" * (MAX_TEXT_LENGTH - 4),
        "emergency": f"{MARK} " + "_" * (MAX_TEXT_LENGTH - 4),
    }
    longest["tips"] = "\n".join(f"{MARK}{number} " + "*" * 290 for number in range(10))
    await typed(club, **longest)
    for name, text in (await shown(club)).items():
        assert len(text) <= 4000, name
        if name in {"now", "alarm", "result"}:
            assert "emergency number" in text, name
            assert MARK in text, f"{name}: the club's own words are left out"

    answer = await typed(club, **{field: "x" * (301 if field == "tips" else MAX_TEXT_LENGTH)})
    assert FAULT not in said(answer)
    assert answer.ephemeral


@pytest.mark.parametrize("field", ["contact", "emergency"])
async def test_what_a_form_of_discords_would_never_send_is_refused(club: DemoClub, field: str) -> None:
    """4,000 characters, whatever the form says: refused with a sentence that has both numbers in it."""
    opened = await club.people["maya"].slash(club.channels["general"], "club contact")
    typed_ = {"contact": "", "emergency": ""} | {field: "x" * 4000}
    ((_, answer),) = await Forger(club, "maya").try_all([sent(opened.modal["custom_id"], **typed_)])

    assert "4,000" in texts(answer.response.components) or "4000" in texts(answer.response.components)
    assert str(MAX_TEXT_LENGTH) in texts(answer.response.components)


async def test_a_plain_link_stands_in_the_contact_alone(club: DemoClub) -> None:
    answer = await typed(club, contact=f"{MARK} https://club.example/a_b_c", emergency="", tips="")
    assert answer.ephemeral
    for name, text in (await shown(club)).items():
        if "contact" in WHERE[name]:
            assert "https://club.example/a_b_c" in text, name


@pytest.mark.parametrize("field", ONE_LINE)
@pytest.mark.parametrize(
    "text",
    [
        "Do not call an ambulance",
        "Never ring 112, we drive you",
        "Call Jo instead of an ambulance",
        "Take two ibuprofen before the start",
        "Run through the pain",
        "No need to see a doctor",
    ],
)
async def test_no_text_of_a_club_takes_back_what_our_cards_say(club: DemoClub, text: str, field: str) -> None:
    command = "club tips" if field == "tips" else "club contact"
    opened = await club.people["maya"].slash(club.channels["general"], command)
    typed_ = dict.fromkeys(fields(opened), "") | {field: f"Warm up well. {MARK} {text}"}
    answer = await club.people["maya"].submit_modal(opened, typed_)

    assert labels(answer.response.components) == ["Fix it"]
    assert text in texts(answer.response.components)
    assert "Warm up well" not in texts(answer.response.components)
    for name, said_there in (await shown(club)).items():
        assert MARK not in said_there, name


async def test_what_helps_in_an_emergency_stands_below_our_own_line(club: DemoClub) -> None:
    await typed(club, contact=f"{MARK} Jo", emergency=f"{MARK} Chest pain: ring 112", tips="")
    said_there = await shown(club)
    for name in ("now", "alarm", "result"):
        assert said_there[name].index("emergency number") < said_there[name].index(MARK), name


async def test_the_club_s_tips_are_not_shown_where_somebody_needs_help(club: DemoClub) -> None:
    await typed(club, contact="", emergency="", tips=f"{MARK} shake your arms out")
    for name, text in (await shown(club)).items():
        assert (MARK in text) == ("tips" in WHERE[name]), name
        if name == "tip":
            assert text.index("not checked") < text.index(MARK)


async def test_names_of_channels_are_no_markup_in_what_is_shown(club: DemoClub) -> None:
    """A channel may be called anything: in a menu it is plain text, elsewhere a link of Discord's own making."""
    place = club.guild.create_text_channel("everyone-\u202e-@here")
    await club.env.settle()
    maya = club.people["maya"]
    page = await maya.slash(place, "club reminder add")
    page = await maya.select(page.response, ["Europe/London"], custom_id=named(page, "club_setup.zone"))
    for label in ("Next", "Preview", "Save"):
        page = await maya.click(page.response, label=label)
    for command in ("reminder list", "doctor", "log"):
        answer = await maya.slash(place, f"club {command}")
        assert RAW.findall(OWN.sub("", texts(answer.response.components))) == [], command
