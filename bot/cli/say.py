"""`limber say`: one command against the embedded Discord, for a look, a script or a test."""

import asyncio
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer

from bot.cli.run import without_extra
from bot.logs import configure
from bot.settings import Settings, read_settings
from bot.ui.locales import Locales


def say(
    context: typer.Context,
    line: Annotated[str, typer.Argument(help='What to type, for example "/pain hip".')],
    as_who: Annotated[str, typer.Option("--as", help="Who types it: ana, ben or maya.")] = "ana",
    press: Annotated[
        list[str] | None, typer.Option(help="Then press the button with this label; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the raw message instead.")] = False,
) -> None:
    """Say one command to the bot and print its reply; nothing leaves this machine, nothing is kept."""
    from bot.demo.command_line import CannotSay

    settings = read_settings().model_copy(update={"log": "error"})
    configure(settings)
    try:
        reply = asyncio.run(_reply(settings, context.obj, line, as_who, press or []))
    except ModuleNotFoundError as error:
        raise without_extra("demo", error) from None
    except CannotSay as error:
        typer.echo(f"limber: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(json.dumps(reply, indent=2, ensure_ascii=False) if as_json else transcript(reply))


async def _reply(
    settings: Settings, locales: Locales | None, line: str, as_who: str, press: list[str]
) -> dict[str, Any]:
    from bot.demo.club import open_club, person
    from bot.demo.command_line import CannotSay, read_line

    async with open_club(settings, locales=locales) as club:
        spoken = read_line(line, list(club.bot.tree.walk_commands()))
        who = person(club, as_who)
        answer = await who.slash(club.channels["sore-legs"], spoken.command, **spoken.options)
        for label in press:
            labels = [button["label"] for button in buttons(answer.response.components if answer.response else [])]
            if label not in labels:
                raise CannotSay(f"There is no button “{label}”. There are: {', '.join(labels)}")
            answer = await who.click(answer.response, label=label)  # type: ignore[arg-type]
        message = answer.response
        if message is None:
            raise CannotSay("The bot did not answer")
        return {"flags": message.flags.value, "content": message.content, "components": message.components}


def buttons(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button of a message, nested ones included."""
    nested = [item for component in components for item in buttons(component.get("components", []))]
    return [component for component in components if component["type"] == 2] + nested


WIDTH = 88
ACTION_ROW, BUTTON, SELECT, TEXT, RULE, FRAME = 1, 2, 3, 10, 14, 17  # Discord's component types


def transcript(message: Mapping[str, Any]) -> str:
    """Every text and button of a message payload, in reading order; boxes are drawn at the left."""
    return "\n".join(_lines(message.get("components", ()), bar=""))


def _lines(components: Iterable[Mapping[str, Any]], bar: str) -> Iterator[str]:
    for component in components:
        kind = component["type"]
        if kind == FRAME:
            yield from _lines(component["components"], bar="┃ ")
            yield ""
        elif kind == TEXT:
            yield from (f"{bar}{line}".rstrip() for line in _wrapped(component["content"], WIDTH - len(bar)))
        elif kind == RULE:
            yield bar + "─" * (WIDTH - len(bar)) if component.get("divider", True) else bar.rstrip()
        elif kind == ACTION_ROW:
            yield bar + "  ".join(f"[ {_label(item)} ]" for item in component["components"])
            yield bar.rstrip()


def _label(item: Mapping[str, Any]) -> str:
    return str(item.get("label") or item.get("placeholder") or item.get("custom_id", ""))


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        plain = re.sub(r"(\*\*|__|(?<!\w)\*|\*(?!\w)|`)", "", line)
        heading = re.match(r"#{1,3} ", plain)
        plain = re.sub(r"^(#{1,3}|-#) ", "", plain)
        if heading:
            plain = plain.upper() if heading[0] == "## " else plain
        indent = "  " if re.match(r"(-|\d+\.) ", plain) else ""
        yield from textwrap.wrap(plain, width, subsequent_indent=indent, break_long_words=False) or [""]
