"""How high texts stand on a phone of 390 px, and which of them fit on a card."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

# A phone of 390 px: how high things stand in a box, measured in the demo's page.
BOX, BUTTON_ROW = 60, 44  # px: a frame with its padding, a row of buttons
AIR = 12  # px: an empty line between two texts
#: Of letters 16 px high, by how wide they are.
LETTERS = {4.3: " !',.:;I`ijl’·", 6.0: '"()-/?J[]frt“”', 8.9: "EFLSTacekxsvyz–", 12.2: "&DGHNOQUw", 15.0: "%@MWm…"}
LETTER, BOLD = 9.8, 1.08  # any other, and how much wider a bold one is


class _Widths(dict[str, float]):
    """By letter. Each of a text is looked up, which in a generator takes three times as long."""

    def __missing__(self, _letter: str) -> float:
        return LETTER


WIDTH_OF = _Widths(dict.fromkeys(map(chr, range(128)), LETTER))
WIDTH_OF |= {letter: width for width, letters in LETTERS.items() for letter in letters}
#: What a line begins with: the room for its words, how large they are, how high a line is, and what is around it.
LINE_KINDS = {"## ": (265, 1.33, 24, 8), "### ": (265, 1.17, 22, 6), "-# ": (265, 0.88, 19.25, 0)}
LINE_KINDS |= {"- ": (241, 1, 22, 2), "": (265, 1, 22, 0)}
#: What a time, a day, a channel and a mention look like.
SHOWN_AS = {"t": "30 September 2026 22:30", ":D": "30 September 2026", "#": "# long-channel", "@": "@long-role"}


def text_height(text: str, wider: int = 0) -> int:
    """How high a text stands on a phone, in px; a little too much rather than too little.

    `wider`: how many px more room there is than in a box.

    >>> text_height("One line"), text_height("- A bullet that most likely needs two lines")
    (22, 46)
    """
    height = 0.0
    for line in re.sub(r"<([t#@])[^>\s]*?(:D)?>", lambda match: SHOWN_AS[match[2] or match[1]], text).splitlines():
        mark = "- " if re.match(r"\d+\. ", line) else next(mark for mark in LINE_KINDS if line.startswith(mark))
        room, scale, high, around = LINE_KINDS[mark]
        height += high * _lines(line.removeprefix(mark), (room + wider) / scale) + around
    return round(height)


def _lines(text: str, room: float) -> int:
    """How many lines words take that are set 16 px high."""
    lines, used, bold = 1, 0.0, False
    for word in text.split():
        bold = bold or word.startswith("**")
        letters = word.replace("**", "").replace("\\", "")
        width = sum(map(WIDTH_OF.__getitem__, letters)) * (BOLD if bold else 1)
        bold = bold and "**" not in word[2:]
        before, used = used, used + WIDTH_OF[" "] + width if used else width
        if used > room:
            lines += int(width // room) + (1 if before else 0)
            used = width % room
    return lines


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a card, and how much it matters there: 0 stays whatever else has to go."""

    text: str
    rank: int = 0
    shorter: str = ""  # what stands for it where the whole does not fit


FRAME, GAP = 36, 8  # px: the padding of a box, what is between two texts


def fitting(parts: Sequence[Part], room: int) -> tuple[list[Part], list[Part]]:
    """What fits into so many px, and what does not, each in its order. What matters less never stands before more.

    Of a part that fits in its shorter form alone, the whole does not.

    >>> fitting([Part("Always"), Part("Perhaps", 2), Part("If it fits", 1)], 70)[0]
    [Part(text='Always', rank=0, shorter=''), Part(text='If it fits', rank=1, shorter='')]
    >>> [part.text for part in fitting([Part("Always"), Part("So. " + "And so on. " * 9, 1, shorter="So.")], 70)[0]]
    ['Always', 'So.']
    """
    shown_parts, height = dict[int, Part](), 0
    for at in sorted(range(len(parts)), key=lambda at: parts[at].rank):
        part = parts[at]
        if part.rank and height + _height(part) > room:
            part = replace(part, text=part.shorter, shorter="")
            if not part.text or height + _height(part) > room:
                break
        height += _height(part)
        shown_parts[at] = part
    whole = {at for at, part in shown_parts.items() if part.text == parts[at].text}
    return [shown_parts[at] for at in sorted(shown_parts)], [part for at, part in enumerate(parts) if at not in whole]


def _height(part: Part) -> int:
    return text_height(part.text) + (0 if part.text.startswith("- ") else GAP)
