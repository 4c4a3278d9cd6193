"""The questionnaire of a symptom check: what is asked of some places, and the rules over the answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TypeVar

from bot.advice.disposition import Disposition
from bot.advice.library import Library
from bot.advice.model import Choice, Concern, Group, Pattern, PersonalRisk, Question, RedFlag, all_questions
from bot.advice.model.sign import Condition, is_number
from bot.triage.answers import TRUE, Answer, Answers

AGE, RISKS, PAIN = "age", "risks", "pain"  # ids of the questions that every check has
BEGAN = "began"  # of the one how it began, which most places ask
AREA_PREFIX = "at_"  # `at_knee` is true in a check of the knee

#: One step up, for what personal risks raise: never from `continue`, never to `emergency` (second reading, R5).
RAISED = {Disposition.MODIFY: Disposition.CLINICIAN, Disposition.CLINICIAN: Disposition.URGENT}

_YES, _NO, _UNSURE = Answer  # each check compares thousands of times: to look one up in its class takes longest

AnyQuestion = TypeVar("AnyQuestion", bound=Question)

Alternatives = tuple[frozenset[str], ...]
"""Any of these sets of facts, each wholly."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One tier of a sign or pattern: "K7", or "K7.1" for its first escalation."""

    id: str
    flag: RedFlag | Pattern
    disposition: Disposition
    short: str
    why: str
    bone: bool
    no_running: bool  # for now, or until somebody has looked
    when: Alternatives
    unless: Alternatives

    @property
    def is_warning(self) -> bool:
        """Whether it asks for somebody's help."""
        return self.disposition.worse_than(Disposition.MODIFY)

    @property
    def concerns(self) -> tuple[Concern, ...]:
        return self.flag.concerns

    @property
    def alarm(self) -> str | None:
        """The alarm whose words are the whole result, of a crisis."""
        return self.flag.alarm if isinstance(self.flag, RedFlag) else None

    def answer(self, answers: Answers) -> Answer | None:
        """Whether it holds; None while that is open. A milder picture holds only when its facts are sure."""
        answer = _any(self.when, answers)
        if answer in {Answer.NO, None}:
            return answer
        if answer is Answer.UNSURE and not self.is_warning:
            return Answer.NO
        excluded = _any(self.unless, answers)
        return Answer.NO if excluded is Answer.YES else answer if excluded is not None else None

    @property
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
        looked_at = frozenset().union(*(rule.facts for rule in self.rules))
        self._unasked = frozenset(fact for fact in looked_at - self.asked if not is_number(fact))
        self._following = [(self.expand(q.only_if), ids_of(q)) for q in self.questions if q.only_if]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them but those of age, of lasting risks and of the pain now."""
        return (*self.core, *self.follow_ups, *self.own)

    def raising(self, rule: Rule, answers: Answers) -> list[PersonalRisk]:
        """The personal risks that are true and bear on a rule."""
        if rule.disposition not in RAISED:
            return []
        risks, concerns = self._library.triage.risks, set(rule.concerns)
        return [risk for risk in risks if answers.to(risk.id) in TRUE and concerns & set(risk.raises)]

    def tier(self, rule: Rule, answers: Answers) -> Disposition:
        """What a rule comes to, of somebody with their risks."""
        return RAISED[rule.disposition] if self.raising(rule, answers) else rule.disposition

    def open_facts(self, answers: Answers, tier: Disposition) -> frozenset[str]:
        """What rules look at that may still make the result worse than `tier`; `answers` are settled.

        And what decides whether that is asked at all.
        """
        graver = (rule for rule in self.rules if self.tier(rule, answers).worse_than(tier))
        facts = frozenset().union(*(rule.facts for rule in graver if rule.answer(answers) is None))
        for follows_on, asked in reversed(self._following):
            if facts & set(asked) and _any(follows_on, answers) is None:
                facts = facts.union(*follows_on)
        return facts

    def settle(self, answers: Answers) -> Answers:
        """With a no for every fact of a question that is not asked, because what it follows on is not true."""
        facts = {**dict.fromkeys(self._unasked, Answer.NO), **answers.facts}
        settled = replace(answers, facts=facts)
        for follows_on, following in self._following:
            if _any(follows_on, settled) is Answer.NO:
                facts.update((fact, Answer.NO) for fact in following if fact not in facts)
        return settled

    def answers_text(self, rule: Rule, answers: Answers) -> str:
        """The answers that make a rule hold, as they stand on their buttons; empty where it is a number alone."""
        strengths = ({Answer.YES}, {Answer.YES, Answer.UNSURE})
        ways = (facts for true in strengths for facts in rule.when if all(answers.to(fact) in true for fact in facts))
        facts = next(ways, frozenset())
        return " · ".join(text for fact, text in self.fact_texts.items() if fact in facts)

    def holds(self, condition: Condition, answers: Answers) -> Answer | None:
        """Whether a condition of the content is true; None while that is open."""
        return _any(self.expand(condition), answers)

    def expand(self, condition: Condition) -> Alternatives:
        """A condition over answers alone: what follows from others is replaced, and places are known."""
        whole = []
        for alternative in condition:
            parts = [self._means(fact) for fact in alternative.split(" + ")]
            whole += [frozenset().union(*combination) for combination in product(*parts)]
        return tuple(dict.fromkeys(whole))

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
            yield Rule(flag.id, flag, flag.disposition, flag.short, flag.why, bone, flag.no_running, when, unless)
            for number, worse in enumerate(flag.escalations, start=1):
                name, why = f"{flag.id}.{number}", worse.why or flag.why
                when, unless = self.expand(worse.when), self.expand(worse.unless)
                graver = bone or worse.bone, flag.no_running or worse.no_running
                yield Rule(name, flag, worse.disposition, worse.short, why, *graver, when, unless)


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


def _any(alternatives: Alternatives, answers: Answers) -> Answer | None:
    """The strongest of the alternatives: a yes, then not sure, then open, then a no."""
    strongest: Answer | None = _NO
    for facts in alternatives:
        answer = _all(facts, answers)
        if answer is _YES:
            return answer
        if answer is _UNSURE or strongest is _NO:
            strongest = answer
    return strongest


def _all(facts: Iterable[str], answers: Answers) -> Answer | None:
    """A no when one of them is false, else open when one is, else not sure when one is."""
    weakest: Answer | None = _YES
    for fact in facts:
        answer = answers.facts.get(fact) or answers.to(fact)
        if answer is _NO:
            return answer
        if answer is None or weakest is _YES:
            weakest = answer
    return weakest
