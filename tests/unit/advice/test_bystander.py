"""Who is spoken of: somebody else, or whoever writes."""

import pytest

from bot.advice.freetext.bystander import Bystanders
from bot.advice.library import Library

OF_ANOTHER = (
    "my mate has collapsed",
    "My running partner just dropped and he's not moving",
    "someone at the finish line isn't breathing",
    "a lady in our group has gone down and she is not making sense, what do I do",
    "my husband has chest pain and is sweating",
    "I think my friend is having a stroke",
    "I'm with a runner who is confused and very hot",
    "there is a man on the path having a fit",
    "one of our runners has been stung and her lips are swelling",
    "help me my dad can't breathe",
    "a kid in the junior race has fainted",
    "he's gone grey and won't wake up",
    "she hit her head on the kerb and keeps being sick",
    "I found a runner unconscious",
    "my daughter is having an asthma attack and her inhaler isn't helping",
    "our coach is slurring his words",
    "an old man collapsed next to me",
    "what should i do my wife cant feel her legs",
    "somebody else in my club has chest pain right now",
    "The guy in front of me just fell over and is shaking",
)
OF_ONESELF = (
    "chest pain when I run",
    "my mate says I look grey and my chest hurts",
    "I collapsed after the race and my friend drove me home",
    "my wife thinks my face is drooping",
    "I can't breathe",
    "chest tightness",
    "my husband told me to ask about my chest pain",
    "my dad had a heart attack at 50 and now I have chest pain",
    "I fainted in the race",
    "he told me to rest but I have chest pain",
    "my coach made me run and now im coughing blood",
    "worst headache of my life",
    "numb between the legs",
    "I was with my friend when I passed out",
    "a car hit me and I cant feel my legs",
)


@pytest.fixture(scope="module")
def bystanders(library: Library) -> Bystanders:
    return Bystanders(library.search)


@pytest.mark.parametrize("text", OF_ANOTHER)
def test_who_asks_for_somebody_else_is_spoken_to(bystanders: Bystanders, text: str) -> None:
    assert bystanders.speak(text)


@pytest.mark.parametrize("text", OF_ONESELF)
def test_who_writes_of_themselves_is_spoken_to_as_such(bystanders: Bystanders, text: str) -> None:
    assert not bystanders.speak(text)
