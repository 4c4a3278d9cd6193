"""Wordings no advice may have. The lists know English; in another language a careful reader has to do their work."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.disposition import Disposition
from bot.advice.document import Document
from bot.advice.model import Area
from bot.advice.model.base import Place
from bot.advice.problem import Problem

ENGLISH = "en"

#: What the reader is asked, or types; here the words of a danger are the point.
QUESTIONS = frozenset({"ask", "when", "synonyms", "symptoms"})

KINDS = ("general", "guidance", "running", "areas", "exercises", "tips", "routines", "everyday", "bystander")

CLAUSE = re.compile(r"(?<=[.!?:;])\s+|, (?!or |nor |and )")
DENIED = re.compile(r"\b(no|not|never|nobody|without|cannot|neither|nor|leave out|instead of)\b|n't\b")

_DRUG = (
    r"(pain ?killers?|pain (tablets?|pills?|relief)|ibuprofen|naproxen|diclofenac|paracetamol|acetaminophen|aspirin"
    r"|anti-?inflammator(y|ies)|nsaids?)"
)
_HELP = r"(doctor|physio\w*|clinician|hospital|ambulance|help|check(ed|-up)?|scan|x-ray)"
_INJURY = (
    r"(strain|tear|sprain|(stress )?fracture|tend[io]n\w+|bursitis|arthritis|fasciitis|impingement|clot|concussion"
    r"|shin splints|runner's knee|sciatica|migraine)"
)
_ONWARD = r"(run|train|push|work|power|battle|fight|stretch|go on|keep (on )?going|carry on)"


def any_of(*ways: str) -> re.Pattern[str]:
    """Whole words, in one of several ways; for text in lower case."""
    return re.compile(rf"\b({'|'.join(ways)})\b")


@dataclass(frozen=True, slots=True)
class ForbiddenWording:
    """Words that do harm in advice, why they do, and what to write in their place."""

    words: re.Pattern[str]
    why: str
    mend: str


FORBIDDEN_WORDINGS = (
    ForbiddenWording(
        any_of(
            rf"{_ONWARD} (on )?(through|despite|in spite of) (the |your |any |some |a little |more )?(pain|hurt)",
            r"(ignore|forget|block out) (the|your|any) (pain|warning signs?)",
            r"no gain|pain is normal|grit your teeth|run it off|shake it off|toughen up",
        ),
        "tells people to go on in pain",
        "say up to which pain it is all right, and when to stop",
    ),
    ForbiddenWording(
        any_of(rf"(?<!you )(take|taking|use|using|try|swallow)\b(?! no\b)[^.]{{0,30}}\b{_DRUG}"),
        "tells people to take a medicine",
        "take it out; no medicines as advice, and none in order to run",
    ),
    ForbiddenWording(
        any_of(
            rf"no (need|reason) (to|for)\b[^.]*\b({_HELP}|worry|stop)",
            rf"(do not|don't|need not|never) (need|have) (to (see|ask|call|ring|visit) )?(a|an|any|the)? ?{_HELP}",
            r"nothing (serious|to worry about|dangerous|to fear)",
            r"(perfectly|completely|totally|always|quite) (safe|harmless|fine)",
            r"will (go away|pass|heal|settle) (by itself|on its own)",
        ),
        "keeps people from getting help",
        "say when to be seen, and leave the comfort out",
    ),
    ForbiddenWording(
        any_of(
            r"(?<!if )(?<!when )(?<!whether )(?<!once )you (clearly |surely )?have (got )?(a |an |some )?(\w+ )?"
            + _INJURY
        ),
        "is a diagnosis",
        'write "Often this is..."',
    ),
    ForbiddenWording(
        any_of(
            r"(crack|click|snap|pop|yank|jerk|wrench|manipulate) (your|the) (own )?(neck|head|back|spine)",
            r"force (your|the|it)\b[^.]*\b(neck|head|further|range)",
            r"bounce (into|in) (the|a|your) stretch",
        ),
        "forces a joint",
        "stop well before the end of the movement, and never crack a neck",
    ),
    ForbiddenWording(
        any_of(
            r"hop(s|ping)?\b[^.]{0,40}\bto (test|check|see|find out)",
            r"(test|check|try)\b[^.]{0,30}\b(hop|hops|hopping)",
        ),
        "asks people to test a bone by hopping",
        "ask what they noticed, and add that they should not test it",
    ),
    ForbiddenWording(
        any_of(
            r"(will|can|to) cure|cures (it|the|your|sore)|guarantees?|guaranteed|100 ?%",
            r"(stretch|stretches|stretching|strength work|warming up|this|it) "
            r"(prevents|protects you from|stops) (\w+ )?injur(y|ies)",
        ),
        "promises what nobody has shown",
        "say what was found, and how sure we are",
    ),
)

CRACKING = any_of(r"stress (fracture|injury)", r"crack(s|ed|ing)?\b[^.]*\bbones?", r"bones?\b[^.]*\bcrack(s|ed|ing)?")
NO_RUN = any_of(r"(no|not|never|without)\b[^.]{0,30}\brun(s|ning)?", r"(limit|ceiling) is 0", r"means 0")


def forbidden_wordings(raw: RawLibrary) -> Iterator[Problem]:
    """Advice that would do harm, in the words people use for it."""
    for document, place, text in _advice(raw):
        for forbidden, words in _broken(text):
            yield document.problem(place, f'"{words}" {forbidden.why}', forbidden.mend)


def bone_without_its_mark(raw: RawLibrary) -> Iterator[Problem]:
    """Signs of a bone that is cracking stop every run, but only when they are marked: rule 5 of section 1.2."""
    for document, area in _areas(raw):
        for at, flag in enumerate(area.red_flags):
            cracking = CRACKING.search(_plain(flag.why))
            if cracking and not flag.bone and flag.disposition is not Disposition.EMERGENCY:
                what = f'{flag.id} says "{cracking[0]}" and is not marked as a sign of the bone'
                yield document.problem(("red_flags", at, "why"), what, "add `bone: true` to it")


def no_word_on_bone(raw: RawLibrary) -> Iterator[Problem]:
    """Where a bone could be cracking, the page says that there is no run at all, not even with little pain."""
    bones = {flag.id for _, area in _areas(raw) for flag in area.red_flags if flag.bone}
    for document, area in _areas(raw):
        asked = bones & {*(flag.id for flag in area.red_flags), *area.also}
        if asked and not any(NO_RUN.search(_plain(note.text)) for note in area.can_run.notes):
            what = f"a bone could be cracking here ({min(asked)}), and no note says not to run"
            yield document.problem(("can_run", "notes"), what, "add a note that says so")


def spoken(words: re.Pattern[str], text: str) -> str | None:
    """The first of `words` that a text says and does not deny.

    >>> spoken(any_of("hop"), "Do not hop today. Then hop twice.")
    'hop'
    >>> spoken(any_of("hop"), "Never hop on it.")
    """
    lower = _plain(text)
    for clause in CLAUSE.split(lower) if words.search(lower) else ():
        for match in words.finditer(clause):
            if not DENIED.search(clause[: match.start()]):
                return match[0]
    return None


def _plain(text: str) -> str:
    """In small letters, with the apostrophe of a typewriter."""
    return text.lower().replace("’", "'")


@lru_cache(maxsize=8192)  # some 3,600 texts, of which an edit changes one
def _broken(text: str) -> list[tuple[ForbiddenWording, str]]:
    """The forbidden wordings of a text, each with its words."""
    return [(forbidden, words) for forbidden in FORBIDDEN_WORDINGS if (words := spoken(forbidden.words, text))]


def _areas(raw: RawLibrary) -> Iterator[tuple[Document, Area]]:
    if raw.folder.name == ENGLISH:
        yield from raw.models("areas")


def _advice(raw: RawLibrary) -> Iterator[tuple[Document, Place, str]]:
    """Every text that tells somebody something."""
    told = raw.leaves(*KINDS) if raw.folder.name == ENGLISH else ()
    return ((document, place, text) for document, _, place, text in told if " " in text and not QUESTIONS & {*place})
