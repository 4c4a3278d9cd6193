"""The look through a database file for a Discord id that SQLite left between its rows."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

BYTES_AT_ONCE: Final = 1 << 20  # bytes read, so that others get on
LONGEST_ID_FORM: Final = 9  # bytes of one form of an id
NARROW: Final = 47  # bits: SQLite writes what fits in them in six bytes
MOST_COMPARED: Final = 8 << 30  # bytes to be compared: beyond, a look takes longer than writing the file anew


def may_hold(path: Path, ids: Iterable[int]) -> bool:
    """Whether one of these ids stands anywhere in the file or in its log; True too where a look would take too long.

    `secure_delete` zeroes a row where it is. When SQLite moved it before, a stale copy may stand in a gap.
    """
    wanted = [form for number in ids for form in _forms(number)]
    files = [file for end in ("", "-wal") if (file := path.with_name(path.name + end)).exists()]
    if sum(file.stat().st_size for file in files) * len(wanted) > MOST_COMPARED:
        return True
    return any(form in chunk for file in files for chunk in _chunks(file) for form in wanted)


def _chunks(file: Path) -> Iterator[bytes]:
    """Each begins with the end of the one before, so that nothing is cut in two."""
    with file.open("rb") as stream:
        last = b""
        while read := stream.read(BYTES_AT_ONCE):
            yield last + read
            last = read[-LONGEST_ID_FORM:]


def _forms(number: int) -> Iterator[bytes]:
    """As a column has it, and as a rowid; of what is narrower than Discord's ids none: it stands in any file."""
    if number >> NARROW:
        yield number.to_bytes(8, "big")
        yield _varint(number)


def _varint(number: int) -> bytes:
    """SQLite's own: seven bits a byte, the highest first; in a ninth byte, eight."""
    if number >> 56:
        return bytes(0x80 | number >> shift & 0x7F for shift in range(57, 7, -7)) + bytes([number & 0xFF])
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.insert(0, 0x80 | number & 0x7F)
    return bytes(groups)
