"""The height of every card on a phone: 390 px wide, 640 px high at most.

Every standing card and every sample card is laid out in one page of the demo, in headless Chromium, with the page's own
styles and fonts. `--compare 40` also sends some of them as messages: what is laid out here must be as high as those.
"""

import argparse
import asyncio
import html
import io
import json
import re
import struct
import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

import discord
from playwright.async_api import Browser, Page, ViewportSize

from bot.demo.club import DemoClub, open_club
from bot.figures.camera import TALLEST, WIDTH
from bot.settings import Settings
from bot.triage.answers import Answer, Answers
from bot.triage.assessment import assess
from bot.triage.questionnaire import questionnaire
from bot.ui.cards import check
from bot.ui.cards.parts import Card
from bot.ui.locales import LocalizedContent
from bot.ui.samples import samples
from docs.pictures import chromium

PHONE = ViewportSize(width=390, height=844)
MOST = 640  # px
BATCH = 250
CHANNEL = "stretching"

#: Widths and heights of the pictures, the highest that the samples come to.
FIGURE = (WIDTH, TALLEST)
PICTURES = {"history.png": (600, 965), "weekly.png": (600, 425), "barometer.png": (600, 707)}
ONE_PLACE = 425  # high is the history of one place alone

#: Lays cards out where the first message's card stands, and says how high each is.
MEASURE = """texts => {
  const holder = document.querySelector('.channel-message .message-components').parentElement
  const laidOut = texts.map(text => {
    const card = document.createElement('div')
    card.className = 'message-components components-v2'
    card.innerHTML = text
    return card
  })
  holder.append(...laidOut)
  const pictures = [...document.querySelectorAll('[data-ratio]')]
  const cards = pictures.map(picture => picture.closest('.message-components'))
  const widths = cards.map(card => card.querySelector('.text-display').clientWidth)
  pictures.forEach((picture, at) => {
    picture.style.display = 'block'
    picture.style.maxHeight = 'none'
    picture.style.height = `${widths[at] * picture.dataset.ratio}px`
  })
  const heights = laidOut.map(card => card.getBoundingClientRect().height)
  laidOut.forEach(card => card.remove())
  return heights
}"""
SHOWN = """ids => new Promise(done => {
  const look = () => {
    const messages = ids.map(id => document.querySelector(`.channel-message[data-message-id="${id}"]`))
    const cards = messages.map(message => message?.querySelector('.message-components'))
    const settled = cards.every(card => card && [...card.querySelectorAll('.gallery-item')].every(
      item => item.querySelector('img')?.complete && item.querySelector('img').naturalWidth))
    if (settled) done(cards.map(card => card.getBoundingClientRect().height))
    else setTimeout(look, 50)
  }
  look()
})"""


FILE = """<div class="component-file"><span class="file-icon file-type">ZIP</span><span class="file-info">
  <span class="file-name">file</span><small class="file-size">1 KB</small></span><button class="file-download"></button>
</div>"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card, and what it is."""

    name: str
    key: str
    page: int
    card: Card
    html: str  # as the demo's page lays it out

    @property
    def title(self) -> str:
        """Its first words."""
        texts = (item.content for item in self.card.walk_children() if isinstance(item, discord.ui.TextDisplay))
        return next(iter(next(texts, "").strip("#*- ").splitlines()), "")[:60]


def every_card(content: LocalizedContent) -> list[Shown]:
    """The standing cards and the samples, each that looks the same once."""
    standing = (_shown(*found) for found in content.card_index.all())
    built = (
        _shown(name, key, at, card)
        for (name, key), group in groupby(samples(content.library, content.words), key=lambda found: found[:2])
        for at, (_, _, card) in enumerate(group)
    )
    once = {each.html: each for each in (*_results(content), *built, *standing)}
    return list(once.values())


def _results(content: LocalizedContent) -> Iterator[Shown]:
    """The result of every rule of the symptom check, alone, in every place; somebody is sure of it, or not."""
    library, words = content.library, content.words
    for area in library.areas.values():
        for rule, answer in product(questionnaire(library, (area.id,)).rules, (Answer.YES, Answer.UNSURE)):
            assessment = assess(library, Answers((area.id,), dict.fromkeys(rule.when[0], answer), Answer.NO))
            if assessment.disposition is not None:
                pages = check.result(library, area, assessment, "0" * 16, words, running=answer is Answer.UNSURE)
                yield from (_shown("result", f"{area.id} {rule.id}", at, card) for at, card in enumerate(pages))


def _shown(name: str, key: str, page: int, card: Card) -> Shown:
    return Shown(name, key, page, card, "".join(map(_part, card.to_components())))


def _part(part: dict[str, Any]) -> str:
    return PARTS.get(discord.ComponentType(part["type"]), _menu)(part)


def _all(part: dict[str, Any]) -> str:
    return "".join(map(_part, part["components"]))


def _button(part: dict[str, Any]) -> str:
    label = f'<span class="button-label">{html.escape(part["label"])}</span>'
    return f'<button class="component-button button-style-2" type="button">{label}</button>'


def _separator(part: dict[str, Any]) -> str:
    name = f"component-separator spacing-{part['spacing']}"
    return f'<hr class="{name}">' if part["divider"] else f'<div class="{name} no-divider"></div>'


def _picture(part: dict[str, Any]) -> str:
    [item] = part["items"]
    name = item["media"]["url"].removeprefix("attachment://")
    width, height = PICTURES.get(name, FIGURE)
    if name == "history.png" and (item.get("description") or "").count(" out of 10") == 1:
        height = ONE_PLACE
    image = f'<div class="gallery-image" data-ratio="{height / width}"></div>'
    trigger = f'<button class="media-lightbox-trigger">{image}</button>'
    return f'<div class="component-gallery"><figure class="gallery-item">{trigger}</figure></div>'


def _menu(part: dict[str, Any]) -> str:
    chosen = [html.escape(option["label"]) for option in part.get("options", ()) if option.get("default")]
    if part.get("max_values", 1) > 1 and chosen:
        chips = (f'<span class="select-chip"><span class="select-chip-label">{label}</span></span>' for label in chosen)
        value = f'<span class="select-chips">{"".join(chips)}</span>'
    else:
        label = chosen[0] if chosen else html.escape(part.get("placeholder") or "")
        value = f'<span class="select-value-label">{label}</span>'
    shown = f'<span class="select-value">{value}</span>'
    return f'<div class="preview-select"><button class="select-trigger" type="button">{shown}</button></div>'


PARTS: dict[discord.ComponentType, Callable[[dict[str, Any]], str]] = {
    discord.ComponentType.container: lambda part: f'<section class="component-container">{_all(part)}</section>',
    discord.ComponentType.action_row: lambda part: f'<div class="component-row">{_all(part)}</div>',
    discord.ComponentType.text_display: lambda part: (
        f'<div class="text-display">{"".join(_blocks(part["content"]))}</div>'
    ),
    discord.ComponentType.button: _button,
    discord.ComponentType.separator: _separator,
    discord.ComponentType.media_gallery: _picture,
    discord.ComponentType.file: lambda _: FILE,
}

LINE = re.compile(
    r"(?P<heading>#{1,3}) (?P<title>.*)|- (?P<bullet>.*)|(?P<number>\d+)\. (?P<step>.*)|> (?P<quote>.*)"
    r"|-# (?P<small>.*)|(?P<plain>.*)"
)


def _blocks(text: str) -> Iterator[str]:
    """Headings, lists, quotes and paragraphs."""
    lines = [found for line in text.splitlines() if (found := LINE.fullmatch(line)) is not None]
    for kind, group in groupby(lines, key=_kind):
        found = [*group]
        if kind == "heading":
            for each in found:
                size = len(each["heading"])
                yield f'<h{size} class="markdown-heading">{_inline(each["title"])}</h{size}>'
        elif kind in {"bullet", "step"}:
            tag, name = ("ul", "bullet_list") if kind == "bullet" else ("ol", "ordered_list")
            items = "".join(f'<li class="markdown-list_item">{_paragraph([each[kind]])}</li>' for each in found)
            yield f'<{tag} class="markdown-{name}">{items}</{tag}>'
        elif kind == "quote":
            yield f'<blockquote class="markdown-blockquote">{_paragraph([each[kind] for each in found])}</blockquote>'
        elif kind == "text":
            yield _paragraph([each[0] for each in found])


def _kind(line: re.Match[str]) -> str:
    kinds = ("heading", "bullet", "step", "quote")
    return next((kind for kind in kinds if line[kind] is not None), "text" if line[0] else "nothing")


def _paragraph(lines: Sequence[str]) -> str:
    parts, after_text = [], False
    for line in lines:
        if line.startswith("-# "):
            parts.append(f'<small class="markdown-subtext">{_inline(line[3:])}</small>')
        else:
            parts.append(("<br>" if after_text else "") + _inline(line))
        after_text = not line.startswith("-# ")
    return f'<p class="markdown-paragraph">{"".join(parts)}</p>'


def _inline(text: str) -> str:
    marked = html.escape(text, quote=False)
    marked = re.sub(r"&lt;t:\d+:D&gt;", "September 30, 2026", marked)
    marked = re.sub(r"&lt;t:\d+:d&gt;", "09/30/2026", marked)
    marked = re.sub(r"&lt;t:\d+:F&gt;", "Wednesday, September 30, 2026 at 10:30 PM", marked)
    marked = re.sub(r"&lt;t:\d+(:\w)?&gt;", "Sep 30, 2026, 10:30 PM", marked)
    marked = re.sub(r"&lt;#\d+&gt;", '<span class="mention"># long-channel</span>', marked)
    marked = re.sub(r"&lt;@(?:&amp;)?\d+&gt;", '<span class="mention">@long-role</span>', marked)
    marked = re.sub(r"&lt;(https?://\S+?)&gt;", r'<a class="markdown-link">\1</a>', marked)
    marked = re.sub(r"`([^`]+)`", r'<code class="inline-code">\1</code>', marked)
    marked = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"<strong>\1</strong>", marked)
    marked = re.sub(r"(?<!\\)\*(.+?)(?<!\\)\*", r"<em>\1</em>", marked)
    return re.sub(r"\\(\W)", r"\1", marked)


@asynccontextmanager
async def phone(club: DemoClub, browser: Browser) -> AsyncIterator[Page]:
    """The demo's page at the width of a phone, with what was sent into CHANNEL."""
    async with club.env.preview(club.channels[CHANNEL], viewers=[club.people["ana"]], layout="channel") as preview:
        page = await browser.new_page(viewport=PHONE)
        await page.goto(preview.url)
        await page.locator(".channel-message .message-components").first.wait_for()
        await page.evaluate("document.fonts.ready")
        yield page
        await page.close()


async def measure(page: Page, cards: Sequence[Shown]) -> list[float]:
    """How high each is, in px."""
    texts = [each.html for each in cards]
    heights: list[float] = []
    for at in range(0, len(texts), BATCH):
        heights += await page.evaluate(MEASURE, texts[at : at + BATCH])
    return heights


async def send(club: DemoClub, card: Card) -> int:
    """As a message, with what it has attached; its id."""
    channel: Any = club.bot.get_channel(club.channels[CHANNEL].id)
    names = set(re.findall(r"attachment://([\w.-]+)", json.dumps(card.to_components())))
    files = [discord.File(io.BytesIO(_attached(name)), name) for name in sorted(names)]
    message: discord.Message = await channel.send(view=card, files=files)
    return message.id


def _attached(name: str) -> bytes:
    if not name.endswith(".png"):
        return b"a file"
    width, height = PICTURES.get(name, FIGURE)
    head, rows = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0), zlib.compress(bytes(width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


async def as_sent(page: Page, ids: Sequence[int]) -> list[float]:
    """How high messages are that the page shows, in px."""
    heights: list[float] = await page.evaluate(SHOWN, list(map(str, ids)))
    return heights


def report(measured: Sequence[tuple[float, Shown]], most: int) -> None:
    over = sum(height > MOST for height, _ in measured)
    print(f"{len(measured)} cards, {over} higher than {MOST} px at {PHONE['width']} px\n")
    print(f"{'px':>6}  {'card':<18} {'of':<24} {'page':>4}  title")
    for height, each in measured[:most]:
        print(f"{height:>6.0f}  {each.name:<18} {each.key[:24]:<24} {each.page:>4}  {each.title}")
    print(f"\n{'name':<18} {'cards':>6} {'over':>6} {'highest':>8}")
    by_name = sorted(measured, key=lambda found: found[1].name)
    for name, group in groupby(by_name, key=lambda found: found[1].name):
        heights = [height for height, _ in group]
        print(f"{name:<18} {len(heights):>6} {sum(height > MOST for height in heights):>6} {max(heights):>8.0f}")


def print_comparison(measured: Sequence[tuple[float, Shown, float]]) -> None:
    print("\n  here   sent")
    for height, each, sent in measured:
        print(f"{height:>6.0f} {sent:>6.0f}  {each.name} {each.key} {each.page}")


async def main(most: int, only: Sequence[str], compared: int) -> None:
    async with chromium() as browser, open_club(Settings(log="error")) as club:
        cards = [each for each in every_card(club.bot.locales.base) if not only or each.name in only]
        some = cards[:: -(-len(cards) // compared)]
        ids = [await send(club, each.card) for each in some]
        async with phone(club, browser) as page:
            heights = dict(zip(cards, await measure(page, cards), strict=True))
            sent = await as_sent(page, ids)
    report(sorted(((height, each) for each, height in heights.items()), key=lambda found: -found[0]), most)
    if compared > 1:
        print_comparison([(heights[each], each, real) for each, real in zip(some, sent, strict=True)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=sys.maxsize, help="lines of the table")
    parser.add_argument("--only", nargs="*", default=(), help="names of cards")
    parser.add_argument("--compare", type=int, default=1, help="so many are sent as messages, 50 at most")
    given = parser.parse_args()
    asyncio.run(main(given.most, given.only, given.compare))
