"""Pages that were recorded and then spoilt: reading them ends, and what it keeps is what the page shows."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.find.discover import DiscoverError, find_article_urls
from crawler.html.bounds import TooLargeError
from crawler.outlet.load import Outlet, load_outlets
from crawler.page.article import find_parts, read_article
from db.records import Article, Page
from tests.fuzz.frame import Target, Trial
from tests.fuzz.visible import is_shown_in_part, lines_not_shown, shown_by

RECORDED = Path(__file__).parents[1] / "pages"
AT = datetime(2026, 11, 24, tzinfo=UTC)
NAMES = (
    "tag", "inner-link-tag", "st_tag internal_tag", "share", "ads", "baca-juga", "caption", "related", "isi",
    "entry-content", "read__content", "byline", "sr-only", "x" * 200,
)  # fmt: skip
TAGS = (
    "p", "div", "span", "a", "b", "strong", "em", "li", "ul", "ol", "table", "tr", "td", "h1", "h2",
    "section", "article", "ins", "font", "blockquote", "br", "figure", "nav", "form", "iframe", "script",
    "style", "svg", "button", "select", "template", "title", "textarea", "noscript", "custom-tag",
)  # fmt: skip
ATTRIBUTES = (
    "hidden", "style='display:none'", "style='display : none", "start='²'", "start=99999999999", "id=isi",
    "href='javascript:x'", "href='//['", "x='>'", "x=\"", "=", "a b c d e", "itemprop=author", "rel=author",
    "datetime='0001-01-01'", "datetime='9999-12-31T23:59:59+99:00'", "class", "content='&#0;'",
)  # fmt: skip
SCRAPS = (
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "&", "&amp;lt;", "&#x110000;", "&nbsp;", "\x00",
    "\u200b", "\ud83d", "<script>", "</script>", '{"@type":', "[[[[", "\\ud83d", " " * 300, "Baca juga: ",
    "Editor: ", "(*)", "***",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A page to read, and the outlet whose rules it is read by."""

    outlet: str
    source: str  # the recorded page that it was made of
    html: str


Mutation = Callable[["Pages", random.Random, str], str]


class Pages:
    """Makes pages out of the recorded ones."""

    def __init__(self) -> None:
        files = [
            f for f in sorted(RECORDED.glob("*/*.*")) if f.suffix in (".html", ".xml") or "post" in f.name
        ]
        self.recorded = [(f.parent.name, f"{f.parent.name}/{f.name}", f.read_text("utf-8")) for f in files]
        self.mutations: tuple[Mutation, ...] = (
            *(Pages.mark, Pages.mark, Pages.mark, Pages.name, Pages.name, Pages.unclose, Pages.attribute),
            *(Pages.scrap, Pages.double, Pages.cut, Pages.splice, Pages.nest, Pages.swap),
        )

    def make(self, chance: random.Random) -> Spoilt:
        slug, source, html = chance.choice(self.recorded)
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
            html = chance.choice(self.mutations)(self, chance, html)
        return Spoilt(slug, source, html)

    # --- mutations -----------------------------------------------------------------------------------

    def mark(self, chance: random.Random, html: str) -> str:
        """Some words of a text marked, as a link to a tag would."""
        words = list(re.finditer(r"(?<=[\w,>] )\w{3,}(?= [\w(])", html))
        if not words:
            return html
        word, tag = chance.choice(words), chance.choice(("a", "span", "strong", "mark", "ins", "font"))
        marked = f"<{tag} class='{chance.choice(NAMES)}'>{word[0]}</{tag}>"
        return html[: word.start()] + marked + html[word.end() :]

    def name(self, chance: random.Random, html: str) -> str:
        return self._at_tag(chance, html, lambda tag: f"{tag[:-1]} class='{chance.choice(NAMES)}'>")

    def attribute(self, chance: random.Random, html: str) -> str:
        return self._at_tag(chance, html, lambda tag: f"{tag[:-1]} {chance.choice(ATTRIBUTES)}>")

    def unclose(self, chance: random.Random, html: str) -> str:
        return self._at_tag(chance, html, lambda tag: "")

    def swap(self, chance: random.Random, html: str) -> str:
        """A tag in the place of another."""
        return self._at_tag(
            chance, html, lambda tag: re.sub(r"^(</?)[\w-]+", rf"\1{chance.choice(TAGS)}", tag)
        )

    def nest(self, chance: random.Random, html: str) -> str:
        tags = "".join(f"<{chance.choice(TAGS)}>" for _ in range(chance.choice((1, 3, 30, 300))))
        return self._at_tag(chance, html, lambda tag: tag + tags)

    def scrap(self, chance: random.Random, html: str) -> str:
        at = chance.randrange(len(html) + 1)
        return html[:at] + chance.choice(SCRAPS) + html[at:]

    def double(self, chance: random.Random, html: str) -> str:
        start, end = sorted(chance.randrange(len(html) + 1) for _ in range(2))
        end = min(end, start + 2_000)
        return html[:end] + html[start:end] * chance.choice((1, 2, 20)) + html[end:]

    def cut(self, chance: random.Random, html: str) -> str:
        """The page without its end, or without a piece of its middle."""
        start, end = sorted(chance.randrange(len(html) + 1) for _ in range(2))
        return html[:start] if chance.random() < 0.4 else html[:start] + html[min(end, start + 500) :]

    def splice(self, chance: random.Random, html: str) -> str:
        """The beginning of one page and the end of another."""
        other = chance.choice(self.recorded)[2]
        return html[: chance.randrange(len(html) + 1)] + other[chance.randrange(len(other) + 1) :]

    @staticmethod
    def _at_tag(chance: random.Random, html: str, change: Callable[[str], str]) -> str:
        tags = list(re.finditer(r"</?[a-zA-Z][^<>]*>", html))
        if not tags:
            return html
        tag = chance.choice(tags)
        return html[: tag.start()] + change(tag[0]) + html[tag.end() :]


def check(spoilt: Spoilt, outlets: dict[str, Outlet]) -> Iterator[str]:
    """Reads a page as an article and as a list; yields how each ended."""
    outlet = outlets[spoilt.outlet]
    page = Page(url=f"{outlet.home}berita/1/judul", outlet=outlet.slug, fetched_at=AT, html=spoilt.html)
    find_parts(page, outlet)
    article = read_article(page, outlet)
    if isinstance(article, Article):
        yield f"article: {article.answered['text']}"
        if article.answered["text"] in ("selector", "wp-json"):
            for line in lines_not_shown(article, shown_by(spoilt.html)):
                # A mark that lost its end holds what stands around the text's own element.
                assert is_shown_in_part(line, spoilt.html), f"the page shows no such line: {line!r}"
    else:
        yield f"refused: {article.reason}"
    for find in outlet.find[:2]:
        try:
            found = find_article_urls(spoilt.html.encode("utf-8", "replace"), find, outlet, outlet.home)
        except (DiscoverError, TooLargeError):
            yield "list: refused"
        else:
            yield f"list: {'links' if found else 'empty'}"


def _load() -> Trial:
    pages, outlets = Pages(), load_outlets()

    def checked(spoilt: Any) -> Iterator[str]:
        return check(spoilt, outlets)

    return Trial(pages.make, checked)


PAGES = Target(
    name="pages",
    what="recorded pages: marked, renamed, cut, spliced and nested, read as article and as list",
    share=1,
    budget=5.0,
    load=_load,
)
