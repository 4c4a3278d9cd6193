"""The questionnaire of a symptom check: what is asked of some places, and the rules over the answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import TypeVar

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Choice, Concern, Escalation, Group, Pattern, PersonalRisk, Question, RedFlag, all_questions
from bot.advice.model.sign import BONE_OR_CLOT_DAYS, Condition, is_number
from bot.triage.answers import Answer, Answers, Settled

AGE, RISKS, PAIN = "age", "risks", "pain"  # ids of the questions that every check has
BEGAN = "began"  # of the one how it began, which most places ask
AREA_PREFIX = "at_"  # `at_knee` is true in a check of the knee

#: One step up, for what personal risks raise: never from `continue`, never to `emergency` (second reading, R5).
ONE_STEP_WORSE = {Disposition.MODIFY: Disposition.CLINICIAN, Disposition.CLINICIAN: Disposition.URGENT}

_NO = Answer.NO  # hundreds are compared at a time: to look it up in its class takes longest

AnyQuestion = TypeVar("AnyQuestion", bound=Question)

Alternatives = tuple[frozenset[str], ...]
"""Any of these sets of facts, each wholly."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One tier of a sign or pattern: "K7", or "K7.1" for its first escalation."""

    id: str
    flag: RedFlag | Pattern
    disposition: Disposition
    short: str
    why: str
    bone: bool
    no_running: bool  # for now, or until somebody has looked
    within_days: int  # in which a doctor or physio is to look, where that is what it asks for
    when: Alternatives
    unless: Alternatives
    raised_by: tuple[PersonalRisk, ...]  # any of these, where it is true

    @cached_property
    def is_warning(self) -> bool:
        """Whether it asks for somebody's help."""
        return self.disposition.worse_than(Disposition.MODIFY)

    @cached_property
    def may_be_bone_or_clot(self) -> bool:
        """Whether that is among what it is about."""
        return not {Concern.BONE, Concern.CLOT}.isdisjoint(self.flag.concerns)

    @property
    def alarm(self) -> str | None:
        """The alarm whose words are the whole result, of a crisis."""
        return self.flag.alarm if isinstance(self.flag, RedFlag) else None

    def answer(self, answers: Settled) -> Answer | None:
        """Whether it holds; None while that is open. A milder picture holds only when its facts are sure."""
        answer = answers.strongest(self.when)
        if answer is Answer.NO or answer is None:
            return answer
        if answer is Answer.UNSURE and not self.is_warning:
            return Answer.NO
        excluded = answers.strongest(self.unless)
        return Answer.NO if excluded is Answer.YES else answer if excluded is not None else None

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact it looks at."""
        return frozenset().union(*self.when, *self.unless)


class Questionnaire:
    """The questions and rules of one check. Facts that no question of it asks are taken as false."""

    def __init__(self, library: Library, areas: tuple[str, ...]) -> None:
        """Raises KeyError for an area the content does not have."""
        self._library = library
        self._areas = areas
        self._texts = {
            choice.id: choice
            for question in all_questions(library.triage, library.areas.values())
            for choice in choices(question)
        }
        triage = library.triage
        self.core: tuple[Group, ...] = tuple(map(self._in_words, triage.core))
        self.follow_ups: tuple[Question, ...] = tuple(map(self._in_words, triage.follow_ups))
        self.own: tuple[Question, ...] = tuple(self._own())
        bands = (Choice(id=f"age_{band.from_age}", text=band.name) for band in triage.ages)
        self.age = Question(id=AGE, ask=triage.ask.age, answers=tuple(bands))
        risks = tuple(Choice(id=risk.id, text=risk.name) for risk in triage.risks)
        self.risks = Question(id=RISKS, ask=triage.ask.risks, many=True, answers=risks)
        levels = tuple(Choice(id=f"level_{level}", text=str(level)) for level in range(11))
        self.pain = Question(id=PAIN, ask=triage.ask.pain, answers=levels)
        self.rules: tuple[Rule, ...] = tuple(rule for rule in self._rules() if rule.when)
        named = {risk.id: risk.name for risk in triage.risks}
        self.fact_texts: Mapping[str, str] = {id_: choice.text for id_, choice in self._texts.items()} | named
        self.asked = frozenset(fact for question in (*self.questions, self.risks) for fact in ids_of(question))
        ruled = frozenset().union(*(rule.facts for rule in self.rules))
        self._unasked = frozenset(fact for fact in ruled - self.asked if not is_number(fact))
        self._expanded: Mapping[Condition, Alternatives] = {c: self.expand(c) for c in self._conditions()}
        self._following = [(self._expanded[q.only_if], frozenset(ids_of(q))) for q in self.questions if q.only_if]
        self._facts = self.asked.union(ruled, *(facts for ways in self._expanded.values() for facts in ways))
        self._numbers = tuple(filter(is_number, self._facts))

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them but those of age, of lasting risks and of the pain now."""
        return (*self.core, *self.follow_ups, *self.own)

    def raising(self, rule: Rule, answers: Settled) -> list[PersonalRisk]:
        """The personal risks that are true and bear on a rule."""
        return [risk for risk in rule.raised_by if risk.id in answers.true]

    def tier(self, rule: Rule, answers: Settled) -> Disposition:
        """What a rule comes to, of somebody with their risks."""
        return ONE_STEP_WORSE[rule.disposition] if self.raising(rule, answers) else rule.disposition

    def within_days(self, rule: Rule, answers: Settled) -> int:
        """In how many days somebody is to look, where a rule or what raised it asks for that."""
        return BONE_OR_CLOT_DAYS if rule.may_be_bone_or_clot and self.raising(rule, answers) else rule.within_days

    def open_facts(self, answers: Settled, tier: Disposition) -> frozenset[str]:
        """What rules look at that may still make the result worse than `tier`.

        And what decides whether that is asked at all.
        """
        still_open = (rule for rule in self.rules if rule.answer(answers) is None)
        facts = frozenset().union(*(rule.facts for rule in still_open if self.tier(rule, answers).worse_than(tier)))
        for follows_on, asked in reversed(self._following):
            if not facts.isdisjoint(asked) and answers.strongest(follows_on) is None:
                facts = facts.union(*follows_on)
        return facts

    def settle(self, answers: Answers) -> Settled:
        """With a no for every fact of a question that is not asked, because what it follows on is not true."""
        facts = dict.fromkeys(self._facts, answers.default)
        facts |= {number: answers.to(number) for number in self._numbers}
        facts |= {**dict.fromkeys(self._unasked, Answer.NO), **answers.facts}
        no = {fact for fact, answer in facts.items() if answer is _NO}
        for follows_on, following in self._following:
            if not any(map(no.isdisjoint, follows_on)):
                no |= following.difference(answers.facts)
        true = {fact for fact, answer in facts.items() if answer is not _NO and answer is not None} - no
        yes = frozenset(fact for fact in true if facts[fact] is Answer.YES)
        return Settled(yes, frozenset(true), frozenset(no))

    def answers_text(self, rule: Rule, answers: Settled) -> str:
        """The answers that make a rule hold, as they stand on their buttons; empty where it is a number alone."""
        ways = (facts for true in (answers.yes, answers.true) for facts in rule.when if facts <= true)
        facts = next(ways, frozenset())
        return " · ".join(text for fact, text in self.fact_texts.items() if fact in facts)

    def holds(self, condition: Condition, answers: Settled) -> Answer | None:
        """Whether what a question follows on, or a clue of these areas, is true; None while that is open."""
        return answers.strongest(self._expanded[condition])

    def expand(self, condition: Condition) -> Alternatives:
        """A condition over answers alone: what follows from others is replaced, and places are known."""
        whole = []
        for alternative in condition:
            parts = [self._means(fact) for fact in alternative.split(" + ")]
            whole += [frozenset().union(*combination) for combination in product(*parts)]
        return tuple(dict.fromkeys(whole))

    def _conditions(self) -> Iterator[Condition]:
        yield from (question.only_if for question in self.questions)
        yield from (clue.when for area in self._areas for clue in self._library.areas[area].clues)

    def _means(self, fact: str) -> Alternatives:
        if fact in self._library.triage.means:
            return self.expand(self._library.triage.means[fact])
        if fact.startswith(AREA_PREFIX) and fact not in self._texts:  # `at_rest` is an answer
            return (frozenset(),) if fact.removeprefix(AREA_PREFIX) in self._areas else ()
        return (frozenset({fact}),)

    def _in_words(self, question: AnyQuestion) -> AnyQuestion:
        """With every answer as a Choice, also one that another question puts in words."""
        answers = tuple(self._texts[a] if isinstance(a, str) else a for a in question.answers)
        return question.model_copy(update={"answers": answers})

    def _own(self) -> Iterator[Question]:
        named = {q.id: q for q in all_questions(self._library.triage, self._library.areas.values())}
        seen: set[str] = set()
        for area in map(self._library.areas.__getitem__, self._areas):
            for entry in area.check:
                question = named[entry] if isinstance(entry, str) else entry
                if question.id not in seen:
                    seen.add(question.id)
                    yield self._in_words(question)

    def _rules(self) -> Iterator[Rule]:
        library = self._library
        flags: list[RedFlag | Pattern] = []
        for area in map(library.areas.__getitem__, self._areas):
            flags += (*area.red_flags, *map(library.flag, area.also), *area.patterns)
        flags += (*library.general.red_flags, *library.general.patterns)
        for flag in {flag.id: flag for flag in flags}.values():
            bone = isinstance(flag, RedFlag) and flag.bone
            when, unless = self.expand(flag.when), self.expand(flag.unless)
            days, risks = _within_days(flag, flag, bone=bone), self._raising(flag, flag.disposition)
            own = flag.disposition, flag.short, flag.why, bone, flag.no_running, days
            yield Rule(flag.id, flag, *own, when, unless, risks)
            for number, worse in enumerate(flag.escalations, start=1):
                name, why = f"{flag.id}.{number}", worse.why or flag.why
                when, unless = self.expand(worse.when), self.expand(worse.unless)
                graver = bone or worse.bone, flag.no_running or worse.no_running
                days, risks = _within_days(flag, worse, bone=graver[0]), self._raising(flag, worse.disposition)
                yield Rule(name, flag, worse.disposition, worse.short, why, *graver, days, when, unless, risks)

    def _raising(self, flag: RedFlag | Pattern, disposition: Disposition) -> tuple[PersonalRisk, ...]:
        if disposition not in ONE_STEP_WORSE:
            return ()
        return tuple(risk for risk in self._library.triage.risks if not set(flag.concerns).isdisjoint(risk.raises))


def _within_days(flag: RedFlag | Pattern, tier: RedFlag | Pattern | Escalation, *, bone: bool) -> int:
    return BONE_OR_CLOT_DAYS if bone or Concern.CLOT in flag.concerns else tier.within_days


@lru_cache(maxsize=256)
def questionnaire(library: Library, areas: tuple[str, ...]) -> Questionnaire:
    """The one of these areas, made once."""
    return Questionnaire(library, areas)


def ids_of(question: Question) -> list[str]:
    """The facts of a question, in the order of its answers."""
    return [answer if isinstance(answer, str) else answer.id for answer in question.answers]


def choices(question: Question) -> list[Choice]:
    """The answers of a question that it puts in words: of one of a Questionnaire, all."""
    return [answer for answer in question.answers if isinstance(answer, Choice)]
