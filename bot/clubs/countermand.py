"""What a club's text may not say: that people should not call, not be seen, take a medicine, or go on in pain."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.advice.checks.wording import FORBIDDEN_WORDINGS, any_of, spoken

#: Letters of other alphabets that look like ours: what somebody reads is what is read here.
_TWINS = str.maketrans("асеорхуіԁһԛѕмтвнкαορνικε", "aceopxyidhqsmtbhkaopvike")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*[\n·]\s*")

_CALL = r"(call(s|ing)?|ring(ing)?|dial(l?ing)?|phon(e|ing)|telephon(e|ing))"
_NOT = (
    r"((do|need|should|must|can|would) ?not|(do|need|should|must|ca|would|wo)n'?t|never|not to|no (need|reason"
    r"|point)( to| in)?"
    r"|avoid|stop|refrain from|instead of|rather than|without|nobody|no one|hold off( on)?|delay)"
)
_NOT_SEEN = _NOT.replace("|avoid|stop|", "|avoid|")
_PAD = (
    r"( (ever|just|always|even|bother|need|have|go|and|try|please|any|immediately|straight away|yourself|is|has"
    r"|waste))*( to)?"
)
_NUMBER = (
    r"(1 ?1 ?2|9 ?9 ?9|9 ?1 ?1|1 ?0 ?8|0 ?0 ?0|1 ?1 ?1|the number|emergency( \w+)?|an? ambulance|the ambulance"
    r"|ambulances"
    r"|paramedics?|help|anybody|anyone|somebody|the police|(a |the |your )?(doctor|gp|hospital)s?)"
)
_CARE = (
    r"(doctors?|gps?|physio\w*|hospitals?|a ?(&|and) ?e|casualty|urgent care|clinics?|ambulances?|paramedics?"
    r"|x-?rays?|scans?"
    r"|first aid(ers?)?|medics?|medical (help|care|attention|advice))"
)
_DRUG = (
    r"(pain ?killers?|pain ?(tablets?|pills?|relief|meds?)|ibuprofen|ibus?|nurofen|advil|motrin|naproxen|aleve"
    r"|diclofenac|voltarol"
    r"|paracetamol|acetaminophen|tylenol|panadol|crocin|aspirin|codeine|co-?codamol|tramadol|anti-?inflammator(y"
    r"|ies)|nsaids?"
    r"|cortisone|steroids?)"
)
_SIGN = (
    r"(chest (pains?|tightness|pressure)|(tight|sore) chest|chest hurts|faint(s|ed|ing)?|black(ed|ing)? ?outs?"
    r"|collaps\w+|dizz\w+"
    r"|breathless\w*|palpitations?|numb\w*|blood|concussion|(bang|blow|knock) (to|on) the head|head (injury|knock)"
    r"|swollen (calf|leg)"
    r"|night pain|stress fractures?|chest)"
)
_CALM = (
    r"(normal|nothing|harmless|fine|ok(ay)?|just (wind|cramp|nerves|a stitch)|no big deal|not serious|in your head"
    r"|part of (it|the sport)"
    r"|weakness)"
)

_BEFORE_CALLING = any_of(
    rf"{_NOT}{_PAD} ({_CALL}|get|fetch|need|send for|contact|alert)( for)? ([\w']+ ){{0,2}}?{_NUMBER}",
    rf"{_CALL} [^.!?]*\b(instead of|rather than|before|not) ((you |{_CALL} |going |an? |the )*){_NUMBER}",
    rf"{_NUMBER}( \w+)? (only )?(after|once|later|last|can wait|as a last resort|only if jo)",
    r"(finish|complete) (the|your) (race|run|lap|set|session|reps?) (first|before)",
)
_CALLING_AT_ALL = any_of(
    rf"{_NOT}{_PAD} {_CALL}",
    rf"{_CALL}\b[^.!?]*\b(instead of|rather than|before (you )?{_CALL})",
    rf"({_CALL}|ask|tell|text|message|find) (?!{_NUMBER})[^.!?,]{{1,30}} first(?! aid)",
    r"wait (and see|until|till|for|a (bit|while)|(five|ten|\d+) min\w*)",
)
_FIRST = any_of(rf"({_CALL}|ask|tell|text|message|find|get) (?!{_NUMBER})[^.!?,]{{1,30}} first(?! aid)")
_URGENT = any_of(
    _NUMBER.replace("|help|anybody|anyone|somebody", ""), _SIGN, "emergenc(y|ies)", "hurt", "injur(y|ed|ies)"
)

#: Denied in its own sentence, each of these is good advice: "no painkillers before a race".
_SAID = (
    any_of(
        r"(run|jog|walk|train|push|power|battle|fight|work|race|play|carry on|keep going|keep running|get) (on"
        r" )?(right )?"
        r"(through|with|despite) (it|(the |your |any |some |a |an |little |bit of |chest |mild )*(pain|hurt|niggles?"
        r"|injur(y|ies)|sore\w*"
        r"|agony|ache))",
        r"(walk|run|shake|sleep|laugh|brush) it off|(tough|sit|stick) it out|suck it up|man up|harden up|toughen up"
        r"|grit your teeth",
        r"pain is (just |only )?(weakness|temporary|normal|good|in your head|your friend)|no gain",
        r"(ignore|forget|block out|run off) (the |your |any |all )?(pain|niggles?|ache|warning signs?|symptoms?"
        r"|dizziness|"
        r"advice|bot|card|above)",
    ),
    any_of(
        rf"(?<!you )(take|taking|use|using|try|swallow|pop|have|neck|down|grab|bring|eat|rub in|need|recommend"
        rf"|suggest)\b(?! no\b)"
        rf"[^.!?]{{0,30}}\b{_DRUG}",
        rf"(\d+|one|two|three|four|a couple of|half an?|a) ?(x |mg |milligrams? |tablets? |pills? |of )*{_DRUG}",
        rf"{_DRUG}\W+(\w+ )?(\d+|one|two|three|before|helps|works|during|after every|for the|is (fine|ok|okay|good)"
        rf"|every)",
        r"\d+ ?(mg|milligrams?)",
    ),
)
#: Each of these is harm by its own no: "no need to see a doctor".
_ANYWAY = (
    any_of(
        rf"{_NOT_SEEN}{_PAD}( be| being| get| getting| go| going| see| seeing| ask| asking| visit| visiting| book|"
        rf" bother| want| the| a| an"
        rf"| for| to| with| your| any| seen by)* {_CARE}",
        rf"(skip|forget|ignore|avoid|distrust|hate) (the |your |a |any |all )?{_CARE}",
        rf"{_CARE} (is|are|isn't|aren't|was|will be|only)? ?(not (needed|necessary)|n't needed|useless|a waste"
        rf"|pointless|overrated"
        r"|unnecessary|know nothing|always say|never help)",
        rf"(waste of (time|money)|useless|pointless)[^.!?]{{0,20}} {_CARE}",
    ),
    any_of(
        rf"{_SIGN} (is|are|it is|it's|can be|means?)? ?(just |only |usually |mostly |always |nearly always |quite "
        rf"|perfectly |completely )*{_CALM}",
        rf"(ignore|do not worry about|don't worry about|forget about|never mind|no need to worry about)"
        rf" [^.!?]{{0,20}}{_SIGN}",
        rf"{_SIGN}[^.!?]{{0,20}}\b(keep (going|running)|carry on|run on|run through|finish (it|the|your))",
        rf"(keep|carry on|go on) (running|going|training|racing) [^.!?]{{0,20}}(with|on|if|when"
        rf"|despite)[^.!?]{{0,20}}"
        rf"({_SIGN}|pain|hurts?|injur\w+|limp\w*|swollen)",
    ),
)
_OURS: Final = [wording.words for wording in FORBIDDEN_WORDINGS[:3]]


def countermand(text: str, *, emergency: bool = False) -> str | None:
    """The first sentence of a text that takes back what our cards say, as it was typed; None where there is none.

    `emergency`: of the club's emergency wording, where "do not call" means our own line whatever follows it.

    >>> countermand("Warm up first. Do not call 112, call Jo first.")
    'Do not call 112, call Jo first.'
    >>> countermand("Chest pain: ring 112. No painkillers before a race. Do not call Jo after nine.")
    """
    urgent = emergency or bool(_URGENT.search(_read(text)))
    return next((said for said in _sentences(text) if _harms(_read(said), emergency=emergency, urgent=urgent)), None)


def _sentences(text: str) -> Iterator[str]:
    return (said.strip() for said in _SENTENCE.split(text) if said.strip())


def _read(text: str) -> str:
    """In plain small letters, as it looks."""
    flat = unicodedata.normalize("NFKD", text).casefold().translate(_TWINS).replace("’", "'")
    return " ".join("".join(mark for mark in flat if not unicodedata.combining(mark)).split())


def _harms(said: str, *, emergency: bool, urgent: bool) -> bool:
    calling = (_BEFORE_CALLING, *([_CALLING_AT_ALL] if emergency else []), *([_FIRST] if urgent else []))
    return any(words.search(said) for words in (*calling, *_ANYWAY)) or any(spoken(w, said) for w in (*_SAID, *_OURS))
