"""`limber say`: one command against the embedded Discord, for a look, a script or a test."""

import asyncio
import json
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
    from bot.demo.transcript import transcript

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
