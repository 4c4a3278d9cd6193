"""How sure a cause says we are, against what it leans on."""

from collections.abc import Iterator

from bot.advice.checks.raw_library import RawLibrary
from bot.advice.model import Evidence, Grade
from bot.advice.problem import Problem

PROOF = frozenset({Grade.GUIDELINE, Grade.REVIEW, Grade.TRIAL})


def too_sure(raw: RawLibrary) -> Iterator[Problem]:
    """`good` needs a guideline, a review or a trial; `some` needs at least one thing that somebody published."""
    sources = {source.id: source for _, file in raw.models("sources") for source in file.sources}
    for document, area in raw.models("areas"):
        for at, cause in enumerate(area.causes):
            cited = [sources[name] for name in cause.sources if name in sources]
            if len(cited) < len(cause.sources):
                continue  # reported where it stands
            line = document.line(("causes", at, "evidence"))
            if cause.evidence is Evidence.GOOD and not any(source.grade in PROOF for source in cited):
                what = f"`{cause.id}` claims good evidence, and names no guideline, review or trial"
                yield Problem(document.file, line, what, "name one under sources, or claim less")
            elif cause.evidence is Evidence.SOME and not any(source.year for source in cited):
                what = f"`{cause.id}` claims some evidence, and names nothing that was published"
                yield Problem(document.file, line, what, "name a study under sources, or write `opinion`")
