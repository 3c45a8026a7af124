"""What one page already yields, before anybody describes its outlet: `pantau outlet probe`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.html import jsonld
from crawler.html.likeness import count_words, overlap
from crawler.html.markup import decode_page, peek_page
from crawler.html.select import find_values
from crawler.html.tree import Tree
from crawler.outlet.load import Layout, Outlet, load_outlets
from crawler.page.article import read_article
from crawler.page.body import read_layouts
from crawler.page.generic import ENOUGH_CHARACTERS, extract_generic
from crawler.page.metadata import Head
from db.records import WIB, Article, Page
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError
from pipelines.outlet.foreign import Foreign, ask_once
from pipelines.outlet.look import build_guess, list_platforms, run_looks
from pipelines.worker import BUDGET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from crawler.look import Look, Looked
    from pipelines.command.console import Say

#: Keys of JSON-LD and names of meta tags that tell of an article.
_TOLD = (
    "headline",
    "datePublished",
    "dateModified",
    "author",
    "editor",
    "articleSection",
    "keywords",
    "articleBody",
)
_META = (
    "og:title", "article:published_time", "article:modified_time", "author", "article:author",
    "article:section", "keywords", "news_keywords", "og:site_name", "pubdate",
)  # fmt: skip
#: From this share of common words on, a layout finds what the generic extractor finds.
FITS = 0.75
#: So many fields beside the body that a layout's own selectors find are no chance either: the text of some
#: pages stands in a script, where the generic extractor finds nothing to be held against.
FIELDS_THAT_FIT = 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A content system's layouts on one page: how long the body is, and how like the generic extractor's."""

    platform: str
    layout: str
    characters: int
    likeness: float
    fields: tuple[str, ...]  # that its own selectors find beside the body

    @property
    def is_sure(self) -> bool:
        """Whether the page is one of this content system."""
        return self.characters >= ENOUGH_CHARACTERS and (
            self.likeness >= FITS or len(self.fields) >= FIELDS_THAT_FIT
        )


def find_fits(page: Page, url: str) -> list[Fit]:
    """What the layouts of each content system find on a page, the likeliest first."""
    tree = peek_page(page.html)
    if tree is None:
        return []
    generic = count_words(extract_generic(page.html))
    fits = []
    for platform in list_platforms():
        outlet = build_guess(url, platform)
        body = read_layouts(tree, page, outlet)
        if body.blocks:
            text = " ".join(body.blocks)
            name = body.layout.name if body.layout else ""
            likeness = round(overlap(count_words(text), generic), 2)
            fits.append(Fit(platform, name, len(text), likeness, _own_fields(body.layout, tree)))
    # "article p" is a body on many a site; its author, time and tags are marked up by one system alone.
    return sorted(fits, key=lambda f: (not f.is_sure, -len(f.fields), -f.likeness, f.platform))


def _own_fields(layout: Layout | None, tree: Tree) -> tuple[str, ...]:
    named = ("title", "published", "authors", "editor", "section", "tags")
    return tuple(name for name in named if layout and find_values(getattr(layout, name), tree))


def choose_outlet(url: str, fits: list[Fit], outlets: Mapping[str, Outlet]) -> tuple[Outlet, str]:
    """The outlet to read a page with, and in words which that is."""
    for outlet in outlets.values():
        if outlet.is_article(url):
            return outlet, f"the outlet {outlet.slug}"
    if fits and fits[0].is_sure:
        return build_guess(url, fits[0].platform), f"like = {fits[0].platform!r}"
    return build_guess(url), "no content system, generic selectors alone"


def format_probe(page: Page, outlets: Mapping[str, Outlet]) -> Iterator[str]:
    """The lines of a probe."""
    tree = peek_page(page.html)
    if tree is None:
        yield "no HTML"
        return
    fits = find_fits(page, page.url)
    outlet, how = choose_outlet(page.url, fits, outlets)
    head = Head(page, outlet, tree, list(outlet.layouts[-1:]) or [outlet.generic])
    kind = ", ".join(jsonld.types_of(head.node)) if head.node else "none"
    told = [f"{key} ({_brief(head.node[key])})" for key in _TOLD if head.node.get(key)]
    yield f"JSON-LD: {kind}{': ' if told else ''}{'; '.join(told)}"
    meta = [f"{name} ({_brief(head.meta[name][0])})" for name in _META if name in head.meta]
    yield f"meta: {'; '.join(meta) or 'none'}"
    generic = extract_generic(page.html)
    yield f"trafilatura: {len(generic)} characters"
    for fit in fits:
        yield (
            f"layout of {fit.platform}{f' ({fit.layout})' if fit.layout else ''}: "
            f"{fit.characters} characters, {fit.likeness:.0%} like trafilatura; "
            f"also {', '.join(fit.fields) or 'nothing else'}"
        )
    if not fits:
        yield "layout: none fits; the outlet needs a [[layout]] of its own"
    yield f"read with {how}:"
    result = read_article(page, outlet)
    if not isinstance(result, Article):
        yield f"  no article: {result.reason}: {result.detail}"
        return
    for name in ("id", "url", "title", "published_at", "modified_at", "authors", "editor", "section", "tags"):
        value = getattr(result, name)
        yield f"  {name}: {_brief(value) or '-'} [{result.answered.get(name, '-')}]"
    yield (
        f"  text: {len(result.text)} characters, {result.text.count(chr(10) * 2) + 1} paragraphs "
        f"[{result.answered.get('text')}]"
    )
    for paragraph in result.text.split("\n\n")[:2]:
        yield f"    {_brief(paragraph)}"


def _brief(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        value = ", ".join(str(one.get("name", one)) if isinstance(one, dict) else str(one) for one in value)
    elif isinstance(value, dict):
        value = value.get("name") or value.get("@id") or "…"
    text = " ".join(str(value or "").split())
    return text if len(text) <= 90 else f"{text[:89]}…"


def fetch_page(
    url: str, outlet: Outlet, *, contact: str, overrides: Mapping[str, Any] | None = None
) -> Looked:
    """One address, asked for politely; InputError where nothing came."""
    came: list[Looked] = []

    async def work(look: Look) -> None:
        came.append(await look(url))

    failed = run_looks([(outlet, work, (url,))], contact=contact, overrides=overrides)
    if not came:
        raise InputError(
            f"{url}: could not be asked for: {next(iter(failed.values()), 'the look ended early')}"
        )
    return came[0]


def load_page(source: str, url: str, *, contact: str, overrides: Mapping[str, Any] | None = None) -> Page:
    """A page from a file (whose address is `url`) or from the network; InputError where there is none."""
    now = datetime.now(WIB)
    if not source.startswith(("http://", "https://")):
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise InputError(f"{source}: {error.strerror}; name a file or an http(s) address") from None
        address = url or "https://contoh.example/"
        return Page(url=address, outlet="", fetched_at=now, html=decode_page(data))
    looked = fetch_page(source, build_guess(source), contact=contact, overrides=overrides)
    if looked.reason is not None:
        status = f" (status {looked.status})" if looked.status else ""
        raise InputError(f"{source}: {looked.reason}{status}: {looked.detail or 'see it in a browser'}")
    return Page(url=looked.url, outlet="", fetched_at=now, html=looked.html)


def show_probe(
    source: str,
    url: str,
    *,
    folders: tuple[Path, ...],
    contact: str,
    say: Say,
    budget: float = BUDGET,
    overrides: Mapping[str, Any] | None = None,
) -> int:
    """Print what a page yields; exit code 1 where no article comes of it."""
    from crawler.outlet.load import OUTLETS

    questions = {"probe": lambda outlets, page: list(format_probe(page, outlets))}
    with Foreign(load_outlets(OUTLETS, *folders), questions, budget=budget) as foreign:
        page = load_page(source, url, contact=contact, overrides=overrides)
        say(f"{page.url}: {len(page.html)} characters")
        lines = ask_once(foreign, page.url, "probe", page)
    read = False
    for line in lines:
        say(line)
        read = read or line.startswith("  text: ")
    return EXIT_DONE if read else EXIT_NEEDS_A_PERSON
