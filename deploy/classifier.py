"""Trains the classifier of typed texts: `make classifier`, after a change of sentences, lines or spelling.

It learns from `content/<language>/training/`, what people type, one sentence a line in `crisis.txt`, `danger.txt` and
`harmless.txt`, and in `complaints.txt` how they say that a place hurts; from names in the content; and from the cases
of the tests, each also with what people add who play it down (`played_down.txt`). The bot reads what it has learned
from `classifier.yaml`; only this script needs scikit-learn. `--judge FOLDER`: no training, but how well three such
files of somebody else are heard.
"""

import argparse
import base64
import textwrap
import zlib
from collections.abc import Iterator
from itertools import accumulate, cycle
from pathlib import Path
from typing import Any, Final

import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.advice.freetext.alarms import Alarms
from bot.advice.freetext.classifier import WINDOW_WORDS
from bot.advice.library import Library
from bot.advice.model import BUCKETS, Area
from bot.ui.compiler import content_of

ROOT: Final = Path(__file__).resolve().parent.parent
CLASSES: Final = ("crisis", "danger", "harmless")
RAISE_FROM: Final = 0.6
CRISIS_FROM: Final = 0.7
HEED_FROM: Final = 0.2
HEED_CLAUSE_FROM: Final = 0.5
MARGIN: Final = 0.04  # what rounding to WEIGHT_STEPS may move a likelihood, and a little more
ROUNDS: Final = 8  # in each, a case that would be decided wrongly weighs twice as much
CASE: Final = 0.2  # what a case of the tests weighs: many are written to a line, and say little of how people type
MARKS: Final = str.maketrans("", "", "~*")  # of the notation of lines
STOPS: Final = str.maketrans("", "", ".;:!?()\u2026\u2013\u2014-")  # what ends a sentence
TOGETHER: Final = 3  # sentences that are learned as one without end
WEIGHT_STEPS: Final = 127  # of a weight, to either side
HEAD: Final = """\
# How likely a text tells of danger, learned from training/ and the cases of the tests. `make classifier` writes it.
"""

Sentence = tuple[str, str]
"""A class, and a text of it."""


def sentences(folder: Path) -> Iterator[Sentence]:
    """Every line of the three files. Raises OSError."""
    for name in CLASSES:
        lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        yield from ((name, line) for line in lines if line and not line.startswith("# "))


def cases(alarms: Alarms, played_down: list[str]) -> Iterator[Sentence]:
    """What the tests say must raise an alarm, as it is and played down in three ways; and what must not."""
    written = yaml.safe_load((ROOT / "tests/content/alarm_cases.yaml").read_text(encoding="utf-8"))
    kinds = {alarm.id: alarm.kind for alarm in alarms.known}
    tails = cycle(played_down)
    for case in written["must"]:
        if kinds[case["alarm"]] != "clinician":
            kind, text = "crisis" if kinds[case["alarm"]] == "crisis" else "danger", case["text"]
            yield kind, text
            yield from ((kind, f"{text}{joint} {next(tails)}") for joint in (",", " but", "."))
    yield from (("harmless", text) for text in written["must_not"])


def named(library: Library) -> Iterator[Sentence]:
    """What raises an alarm by its name alone; the names of what leads to an area or a page, and what exercises say."""
    for alarm in library.alarms:
        if alarm.kind != "clinician":
            names = {name for line in alarm.match if " + " not in line for name in line.split("|") if "<" not in name}
            kind = "crisis" if alarm.kind == "crisis" else "danger"
            yield from ((kind, name.translate(MARKS)) for name in sorted(names))
    lines = Alarms(library.alarms, library.concepts, library.context, library.search.never)
    yield from (("harmless", text) for text in _plain(library) if not lines.raised_by(text))


def complaints(alarms: Alarms, library: Library, frames: list[str]) -> Iterator[Sentence]:
    """How people say that a place hurts, of every area that is a place; but what a line hears is no plain complaint."""
    areas = [area for area in library.areas.values() if not area.name.lower().endswith("ache")]
    places = {name.partition(" (")[0].lower() for area in areas for name in (area.name, *area.synonyms[:1])}
    told = [frame.format(place=place) for frame in frames for place in sorted(places)]
    yield from (("harmless", text) for text in told if not alarms.by_lines(text))


def _plain(library: Library) -> Iterator[str]:
    for page in (*library.areas.values(), *library.everyday.values()):
        yield from (page.name, *((page.title,) if isinstance(page, Area) else ()), *page.synonyms, *page.symptoms)
    for exercise in library.exercises.values():
        said = exercise.name, exercise.start, *exercise.steps, exercise.feel, exercise.easier, exercise.harder
        yield from filter(None, said)


def run_together(typed: list[Sentence]) -> Iterator[Sentence]:
    """Sentences as somebody types them who never stops: harmless ones, and danger in the midst of them."""
    told = [(kind, text.translate(STOPS)) for kind, text in typed]
    plain = [text for kind, text in told if kind == "harmless"]
    yield from (("harmless", " and ".join(plain[at : at + TOGETHER])) for at in range(0, len(plain), TOGETHER))
    for at, (kind, text) in enumerate(told[::TOGETHER]):
        room = WINDOW_WORDS - 1 - len(text.split())
        if kind != "harmless" and room > 0:
            beside = plain[at].split()
            yield kind, " ".join([*beside[-room:], "and", text] if at % 2 else [text, "and", *beside[:room]])


def trained(alarms: Alarms, typed: list[Sentence], written: list[Sentence]) -> dict[str, Any]:
    """The content of classifier.yaml, from what people type and from written cases.

    A sentence is learned as a whole; a harmless one in each of its windows too, for none of them is danger. Together
    they weigh as much as one.
    """
    rows, kinds, cases, weights = list[dict[int, float]](), list[str](), list[bool](), list[float]()
    for number, (kind, text) in enumerate((*typed, *written)):
        whole, *windows = alarms.features(text)
        seen = [whole, *windows] if kind == "harmless" and len(windows) > 1 else [whole]
        rows += seen
        kinds += [kind] * len(seen)
        cases += [number >= len(typed)] * len(seen)
        weights += [(CASE if number >= len(typed) else 1) / len(seen)] * len(seen)
    matrix, harmless = _matrix(rows), [kind == "harmless" for kind in kinds]
    for _ in range(ROUNDS):
        likely = 1 - _fitted(matrix, harmless, weights).predict_proba(matrix)[:, 1]
        wrong = [
            at
            for at, case in enumerate(cases)
            if case and (likely[at] > RAISE_FROM - MARGIN if harmless[at] else likely[at] < HEED_FROM + MARGIN)
        ]
        for at in wrong:
            weights[at] *= 2
        if not wrong:
            break
    print(f"{len(typed)} sentences, {len(written)} cases, {len(wrong)} of them on the wrong side")
    learned: dict[str, Any] = {
        "raise_from": RAISE_FROM,
        "crisis_from": CRISIS_FROM,
        "heed_from": HEED_FROM,
        "heed_clause_from": HEED_CLAUSE_FROM,
    }
    for name in ("harmless", "crisis"):
        model = _fitted(matrix, [kind == name for kind in kinds], weights)
        learned[name] = _packed(model.coef_[0].tolist(), float(model.intercept_[0]))
    return learned


def _matrix(rows: list[dict[int, float]]) -> csr_matrix:
    ends = [0, *accumulate(map(len, rows))]
    values, buckets = ([each for row in rows for each in of(row)] for of in (dict.values, dict.keys))
    return csr_matrix((values, buckets, ends), shape=(len(rows), BUCKETS))


def _fitted(matrix: csr_matrix, wanted: list[bool], weights: list[float]) -> LogisticRegression:
    model = LogisticRegression(C=100, max_iter=3000, solver="liblinear", random_state=0)
    return model.fit(matrix, wanted, sample_weight=weights)


def _packed(weights: list[float], bias: float) -> dict[str, Any]:
    scale = max(map(abs, weights)) / WEIGHT_STEPS
    steps = bytes(round(weight / scale) % 256 for weight in weights)
    text = "\n".join(textwrap.wrap(base64.b64encode(zlib.compress(steps, 9)).decode(), 110))
    return {"bias": round(bias, 6), "scale": round(scale, 9), "steps": text}


def judge(alarms: Alarms, given: list[Sentence]) -> None:
    """Print how many of each class raise something, and which are heard wrong."""
    for name in CLASSES:
        texts = [text for kind, text in given if kind == name]
        raised = {text: alarms.raised_by(text) for text in texts}
        heard = [text for text, found in raised.items() if any(alarm.kind != "clinician" for alarm in found)]
        print(f"{name}: {len(heard)} of {len(texts)} raise something")
        for text in texts:
            if (text in heard) == (name == "harmless"):
                print(f"  {text}  {[alarm.id for alarm in raised[text]]}")


def main() -> None:
    """Train every language that has sentences; or judge one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en")
    parser.add_argument("--judge", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    folder = ROOT / "content" / options.language
    content = content_of(folder)
    alarms = content.alarms
    if options.judge:
        judge(alarms, list(sentences(options.judge)))
        return
    played_down, frames = (
        (folder / f"training/{name}.txt").read_text(encoding="utf-8").splitlines()
        for name in ("played_down", "complaints")
    )
    typed = list(sentences(folder / "training"))
    written = [
        *cases(alarms, played_down),
        *named(content.library),
        *complaints(alarms, content.library, frames),
    ]
    learned = trained(alarms, [*typed, *run_together(typed)], written)
    text = HEAD + yaml.safe_dump(learned, sort_keys=False, default_style=None)
    (folder / "classifier.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
