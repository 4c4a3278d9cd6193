"""Commands for whoever writes content, and the content that other commands read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.advice.problem import ContentError, Problem
from bot.settings import CONTENT, read_settings
from bot.ui.compiled import Compiled, sources_of, write_compiled
from bot.ui.locales import Locales, LocalizedContent, languages, read_all

CANNOT_WAIT = {"crisis", "emergency", "urgent"}


def locales_for(context: typer.Context) -> Locales:
    """What `main` was given, or else the content of this host. Raises ContentError, StartError."""
    return context.obj or Locales(read_settings().content)


def check(
    path: Annotated[Path, typer.Argument(help="A content folder, or a file in one.")] = CONTENT,
) -> None:
    """Check content: every problem with its file, its line and how to mend it."""
    if not path.exists():
        typer.echo(f"{path}:1: there is nothing here; give a content folder, such as content or content/en")
        raise typer.Exit(1)
    folders = languages(path)
    if not folders:
        typer.echo(f"{path}:1: there is no content here; a language folder has areas/, exercises/, tips/ and routines/")
        raise typer.Exit(1)
    sources = {folder: sources_of(folder) for folder in folders}
    try:
        locales = read_all(path)
        if slow := [problem for folder in folders for problem in _slow_problems(folder, locales[folder.name])]:
            raise ContentError(slow)
    except ContentError as error:
        for problem in error.problems:
            typer.echo(problem.seen_from(Path.cwd()))
        raise typer.Exit(1) from None
    for folder in folders:
        localized = locales[folder.name]
        library = localized.library
        write_compiled(folder, sources[folder], Compiled(library, localized.words.messages))
        tips = sum(map(len, library.tips.values()))
        typer.echo(
            f"{library.language}: {len(library.areas)} areas, {len(library.exercises)} exercises, {tips} tips, "
            f"{len(library.routines)} routines, {len(library.figures)} figures, {len(library.sources)} sources. "
            f"No problems. {library.version}"
        )


def _slow_problems(folder: Path, localized: LocalizedContent) -> Iterator[Problem]:
    """Words that miss their page, and lines nobody need have written: it takes its time, and no start needs it."""
    from bot.advice.checks.hearing import spelled_out
    from bot.advice.checks.slow import lost_words, misdrawn
    from bot.advice.document import read

    library = localized.library
    for name, place, what, mend in (*lost_words(library, localized.search), *spelled_out(library)):
        yield read(folder / name).problem(place, what, mend)
    yield from misdrawn(folder)


def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("docs/schema"),
) -> None:
    """Write the JSON Schemas that editors use for completion."""
    from bot.advice.loader import write_schemas

    for file in write_schemas(folder):
        typer.echo(str(file))


def figure(
    context: typer.Context,
    exercise: Annotated[str, typer.Argument(help="The id of an exercise.")],
    file: Annotated[Path, typer.Argument(help="Where to write it: .png, or .svg.")],
    *,
    dark: Annotated[bool, typer.Option("--dark", help="As it looks on a dark screen.")] = False,
) -> None:
    """Draw the figure of an exercise."""
    from bot.charts.draw.svg import png
    from bot.figures.drawing import drawn
    from bot.figures.theme import DARK, LIGHT

    library = locales_for(context).base.library
    if exercise not in library.figures:
        typer.echo(f"there is no figure of {exercise}; they stand in content/en/figures/")
        raise typer.Exit(1)
    svg = drawn(library.figures[exercise].scene, DARK if dark else LIGHT)
    file.write_bytes(svg.encode() if file.suffix == ".svg" else png(svg))


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What somebody might type.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of objects with id and score.")] = False,
) -> None:
    """Which pages words lead to; nothing when it should not guess, or the words cannot wait. As JSON, areas alone."""
    localized = locales_for(context).base
    alarms = localized.alarms.raised_by(text)
    matches = localized.search.find(text)
    if as_json:
        waits = not any(alarm.kind in CANNOT_WAIT for alarm in alarms)
        typer.echo(json.dumps([{"id": match.area.id, "score": match.score} for match in matches if waits]))
        return
    for alarm in alarms:
        typer.echo(f"{alarm.kind}: {alarm.say}")
    for match in matches:
        typer.echo(f"{match.score:.2f}  {match.area.id}  {match.area.title}")
    pages = localized.search.lead(text)
    for page in pages:
        typer.echo(f"/pain  {page.id}  {page.name}")
    if not pages and not alarms:
        typer.echo("I do not know that one.")
