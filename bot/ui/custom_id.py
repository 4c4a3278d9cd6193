"""The `custom_id` of a button: a version, an action and its arguments, never anything about a person."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.ui.limits import CUSTOM_ID

LEGACY_VERSION: Final = "l1"

#: A line for a group of actions: what an action was called, and what it is called in that group now.
_RENAMED: Final = """
consent: agree=agree decline=decline
checkin: checkin=start log=log ciarea=area ciplace=elsewhere ciscore=score ciform=form cifix=fix cifilled=submit
entry: cinew=new_signs cimore=more cimored=submit cichange=edit cichanged=submit cidrop=delete
entry: cidropped=delete_confirmed cishow=show cipick=pick cilist=list cicheck=check
history: hisof=of_entry histurn=change
report: repof=of_view
weekly: wkform=form wkfilled=submit wkplace=area
help: help=show
advice: pick=pick open=open turn=turn share=share
feedback: wrong=wrong
tip: tip=another tipopen=open
check: checkstart=start checkarea=area checkof=begin check=step
run: runstart=start runarea=area runof=begin runseen=seen runclear=cleared
reminder: rmagree=agree rmplace=timezone rmplaced=submit_timezone rmfix=fix rmfixed=submit rmtry=try_again
reminder: rmmorning=morning rmlist=list rmpick=pick rmitem=show rmhush=pause_for rmresume=resume
reminder: rmwake=resume_blocked rmedit=edit rmremove=remove rmlog=log rmscore=score rmask=answer
reminder: rmname=score_by_name rmlater=later rmdone=done rmstart=start_routine rmseen=seen rmclear=cleared
reminder: rmstop=stop rmpause=pause rmdrop=delete rmkeep=keep rmquiet=less_often rmopen=open
privacy: prshow=show prexport=export prerase=erase prerased=erase_confirmed prclear=delete_messages
barometer: brask=ask brjoin=join brleave=leave
post: pdone=done
club_setup: suchannel=channel sudays=days sutime=time sutimed=submit_time suzone=zone suzoned=submit_zone
club_setup: suareas=areas suminutes=minutes surole=role suthread=thread sunext=next susave=save
club_reminder: cplist=list cppick=pick cpadd=add cpedit=edit cphush=pause cphushall=pause_all cpresume=resume
club_reminder: cpresumeall=resume_all cpremove=remove cptest=test cplog=log
club: clcontact=submit_contact clcontactfix=fix_contact cltips=submit_tips cltipsfix=fix_tips cldoctor=doctor
club: cllog=log clerased=erase_confirmed
"""


def _pairs() -> Iterator[tuple[str, str]]:
    for line in _RENAMED.strip().splitlines():
        group, _, renamed = line.partition(": ")
        for pair in renamed.split():
            old, _, new = pair.partition("=")
            yield old, f"{group}.{new}"


ACTIONS: Final[Mapping[str, str]] = dict(_pairs())


VERSION: Final = "l2"
_PART = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class CustomId:
    """`l2.advice.open.signs.hip.0`: version, action in two words, arguments. Comes back as untrusted input."""

    action: str
    arguments: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for anything we would not have written ourselves, in this version or in the one before."""
        version, *parts = text[: CUSTOM_ID + 1].split(".")
        if len(text) > CUSTOM_ID or not parts or not all(map(_PART.fullmatch, parts)):
            return None
        if version == LEGACY_VERSION and parts[0] in ACTIONS:
            return cls(ACTIONS[parts[0]], tuple(parts[1:]))
        if version == VERSION and len(parts) > 1:
            return cls(f"{parts[0]}.{parts[1]}", tuple(parts[2:]))
        return None


def custom_id(action: str, *arguments: object) -> str:
    """The text for a button: `custom_id("advice.open", "signs", "hip", 0)`."""
    text = ".".join((VERSION, action, *map(str, arguments)))
    if len(text) > CUSTOM_ID:
        raise ValueError(f"a custom_id holds {CUSTOM_ID} characters: {text}")
    return text
