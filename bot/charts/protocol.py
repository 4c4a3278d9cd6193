"""How the bot and its drawing process talk: a length, then that many bytes, over the pipes between them."""

import struct
from enum import IntEnum
from typing import BinaryIO

from bot.charts.page import ReportPage
from bot.charts.picture import BarometerPicture, HistoryPicture, WeeklyPicture

Picture = HistoryPicture | WeeklyPicture | BarometerPicture | ReportPage
_LENGTH = struct.Struct(">BI")


class FrameKind(IntEnum):
    """What the bytes are."""

    PICTURE = 0  # to be drawn; pickled, from the bot only
    DRAWN = 1  # PNG or PDF
    FAULT = 2  # where drawing failed, in UTF-8


def send(pipe: BinaryIO, kind: FrameKind, content: bytes) -> None:
    """Raises OSError when the other side is gone."""
    pipe.write(_LENGTH.pack(kind, len(content)) + content)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[FrameKind, bytes]:
    """Waits for the next message. Raises EOFError when the other side is gone."""
    kind, length = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return FrameKind(kind), _exactly(pipe, length)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
