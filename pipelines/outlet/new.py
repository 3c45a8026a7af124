"""A new outlet's first files: `pantau outlet new`. What it writes needs a person before it is right.

In a checkout of the project they go where outlets and recorded pages lie, and the tests fail until a person
has checked them. Anywhere else they go into the folder of the moment, never into an installed package.

The recorded page keeps the site's markup and not its sentences: they are the outlet's. Headline, paragraphs
and names are replaced by placeholders; a person words them, and looks at each field.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.html.markup import peek_page, tidy
from crawler.html.tree import Element
from crawler.outlet.load import OUTLETS, Outlet, load_outlet
from crawler.page.article import read_article
from crawler.page.body import read_body
from db.records import Article, Page
from pipelines.command.errors import EXIT_DONE, InputError
from pipelines.outlet.foreign import Foreign, ask_once
from pipelines.outlet.look import format_outlet
from pipelines.outlet.probe import find_fits, load_page
from pipelines.worker import BUDGET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.command.console import Say

TITLE = "Judul Contoh yang Harus Diganti"
NAME = "Nama Contoh"
SENTENCE = (
    "Paragraf contoh nomor {n} ini menggantikan kalimat situs aslinya dan harus ditulis ulang dengan kalimat "
    "kita sendiri."
)
#: Longer texts outside the article are sentences too: teasers, captions, comments.
_LONG = 40
_TEXT_KEYS = ("headline", "alternativeHeadline", "description", "articleBody", "caption", "abstract", "about")
_TEXT_ATTRIBUTES = ("content", "alt", "title", "data-title", "aria-label", "placeholder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a new outlet's files go."""

    outlets: Path
    pages: Path  # a folder an outlet below it
    addresses: Path | None = None  # the tests' list of addresses, which a checkout has


def checkout(root: Path) -> Desk:
    """The places of a checkout of the project."""
    return Desk(
        outlets=root / "crawler" / "outlets",
        pages=root / "tests" / "pages",
        addresses=root / "tests" / "crawler" / "addresses.toml",
    )


def find_desk(here: Path, folders: Sequence[Path]) -> Desk:
    """The checkout that `here` is; otherwise the first of the further folders, or `outlets` here."""
    root = OUTLETS.parents[1]
    if here.resolve() == root.resolve() and (root / "tests").is_dir():
        return checkout(root)
    outlets = next(iter(folders), Path("outlets"))
    return Desk(outlets=outlets, pages=outlets / "pages")


def scrub_page(html: str, article: Article, page: Page, outlet: Outlet) -> str:
    """The page with placeholders for headline, sentences and names; markup and times as they were."""
    tree = peek_page(html)
    if tree is None:
        raise InputError("the page is no HTML")
    blocks = {tidy(block): n for n, block in enumerate(article.text.split("\n\n"), start=1)}
    scrub = _Scrubber(article, blocks)
    body = read_body(tree, page, outlet)
    for element in list(tree.root.iter()):  # a list, as children are removed on the way
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            kind = (element.get("type") or "").lower()
            element.text = scrub.json(element.text or "") if "json" in kind else ""
        elif element.tag != "style":
            _scrub_element(element, scrub)
    if not body.blocks:
        raise InputError("no text was found on the page; 'pantau outlet probe' shows what it yields")
    return etree.tostring(tree.root, encoding="unicode", method="html", doctype="<!DOCTYPE html>") + "\n"


def _scrub_element(element: Element, scrub: _Scrubber) -> None:
    whole = tidy("".join(str(text) for text in element.itertext()))
    number = scrub.blocks.get(whole)
    if number is not None and element.tag not in ("html", "body"):
        tail = element.tail
        for child in list(element):
            element.remove(child)
        element.text, element.tail = SENTENCE.format(n=number), tail
    else:
        element.text = scrub.text(element.text)
    element.tail = scrub.text(element.tail)
    for name in _TEXT_ATTRIBUTES:
        if value := element.get(name):
            element.set(name, scrub.text(value) or "")


class _Scrubber:
    """Replaces texts; what is no sentence and nobody's name stays."""

    def __init__(self, article: Article, blocks: dict[str, int]) -> None:
        self.blocks = blocks
        self.title = article.title
        self.names = [name for name in (*article.authors, article.editor) if name]
        self.tags = {tag.casefold(): f"tag contoh {n}" for n, tag in enumerate(article.tags, start=1)}

    def text(self, text: str | None) -> str | None:
        """The text without the outlet's words; addresses and times are left as they are."""
        if not text or not text.strip():
            return text
        plain = tidy(text)
        if plain in self.blocks:
            return SENTENCE.format(n=self.blocks[plain])
        if plain.casefold() in self.tags:
            return self.tags[plain.casefold()]
        if self.title and self.title in plain:
            return plain.replace(self.title, TITLE)
        for n, name in enumerate(self.names, start=1):
            if name in plain and len(plain) < len(name) + 60:
                return plain.replace(name, NAME if n == 1 else f"{NAME} {'I' * n}")
        if len(plain) > _LONG and " " in plain and not plain.startswith(("http", "//")):
            return "Kalimat contoh yang menggantikan teks situs."
        return text

    def json(self, text: str) -> str:
        """The texts of a JSON script replaced; what can't be read is dropped."""
        try:
            return json.dumps(self._walk(json.loads(text)), ensure_ascii=False, indent=1)
        except (ValueError, RecursionError):
            return ""

    def _walk(self, node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            return {k: self._walk(v, k) for k, v in node.items()}
        if isinstance(node, list):
            return [self._walk(v, key) for v in node]
        if not isinstance(node, str):
            return node
        if key == "articleBody":
            return "\n".join(SENTENCE.format(n=n) for n in range(1, len(self.blocks) + 1))
        changed = self.text(node) or ""
        return "Kalimat contoh." if key in _TEXT_KEYS and changed == node and " " in node else changed


def expectation(article: Article, page: Page) -> dict[str, Any]:
    """What the recorded page is read as today, for a person to hold against the page."""
    return {
        "checked_by": "",
        "page": {"url": page.url, "fetched_at": page.fetched_at.isoformat(timespec="seconds")},
        "article": {
            "id": article.id,
            "url": article.url,
            "title": article.title,
            "published_at": article.published_at.isoformat() if article.published_at else None,
            "modified_at": article.modified_at.isoformat() if article.modified_at else None,
            "authors": list(article.authors),
            "editor": article.editor,
            "section": article.section,
            "tags": list(article.tags),
            "dateline": article.dateline,
            "origin": article.origin,
            "pages": article.pages,
            "text": article.text.split("\n\n"),
        },
    }


def write_outlet(slug: str, page: Page, desk: Desk) -> Iterator[Path]:
    """Write the outlet's file, its recorded page and what is expected of it; InputError where they exist."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise InputError(f"{slug!r} is no slug; write it in lower snake case, such as 'suara_merdeka'")
    toml = desk.outlets / f"{slug}.toml"
    folder = desk.pages / slug
    for path in (toml, folder):
        if path.exists():
            raise InputError(f"{path} exists already; choose another slug, or edit what is there")
    fits = find_fits(page, page.url)
    platform = fits[0].platform if fits and fits[0].is_sure else ""
    note = "Written by 'pantau outlet new'; look at every line."
    toml.parent.mkdir(parents=True, exist_ok=True)
    toml.write_text(format_outlet(page.url, platform, name=_site_name(page), note=note), "utf-8")
    try:
        outlet = load_outlet(toml)
        page = replace(page, outlet=slug)
        article = read_article(page, outlet)
        if not isinstance(article, Article):
            raise InputError(f"{page.url}: {article.reason}: {article.detail}; name the page of an article")
        html = scrub_page(page.html, article, page, outlet)
        scrubbed = read_article(replace(page, html=html), outlet)
        if not isinstance(scrubbed, Article):
            raise InputError(
                f"{page.url}: without its sentences the page reads as {scrubbed.reason}: record it by hand"
            )
    except Exception:
        toml.unlink()
        raise
    yield toml
    folder.mkdir(parents=True)
    (folder / "article.html").write_text(html, "utf-8")
    yield folder / "article.html"
    wanted = json.dumps(expectation(scrubbed, page), ensure_ascii=False, indent=2)
    (folder / "article.json").write_text(f"{wanted}\n", "utf-8")
    yield folder / "article.json"
    addresses = desk.addresses
    if addresses is not None and addresses.is_file():
        block = f"[{slug}]\narticle = [{json.dumps(page.url)}]\n"
        addresses.write_text(addresses.read_text("utf-8").rstrip() + f"\n{block}", "utf-8")
        yield addresses


def _site_name(page: Page) -> str:
    match = re.search(r"<meta[^>]+og:site_name[^>]+content=[\"']([^\"']{2,60})", page.html)
    return match[1].strip() if match else (urlsplit(page.url).hostname or "").removeprefix("www.")


def show_new(
    slug: str,
    source: str,
    url: str,
    *,
    contact: str,
    say: Say,
    desk: Desk,
    known: Sequence[Path] = (),
    budget: float = BUDGET,
    overrides: Mapping[str, Any] | None = None,
) -> int:
    """Write a new outlet's files and say what a person does next; `known` are the folders that are read."""
    questions = {"new": lambda _, *arguments: list(write_outlet(*arguments))}
    with Foreign({}, questions, budget=budget) as foreign:
        page = load_page(source, url, contact=contact, overrides=overrides)
        written = ask_once(foreign, page.url, "new", slug, page, desk)
    for path in written:
        say(f"wrote {path}")
    say("Now, by hand:")
    for number, step in enumerate(_next_steps(slug, desk, known), start=1):
        say(f"  {number}. {step}")
    return EXIT_DONE


def _next_steps(slug: str, desk: Desk, known: Sequence[Path]) -> Iterator[str]:
    toml, folder = desk.outlets / f"{slug}.toml", desk.pages / slug
    yield f"{toml}: how articles are found, and 'confidence'; docs/add-an-outlet.md"
    yield f"{folder}/article.html: sentences of our own; article.json: each field as on the page"
    if desk.addresses is not None:
        yield 'article.json: your name in "checked_by"; until then the tests fail'
        yield "python -m crawler.outlet.catalogue > docs/outlets.md; pytest tests/crawler"
        return
    if desk.outlets not in known:
        yield f"pantau.toml: outlets = [{json.dumps(str(desk.outlets))}] under [paths], so that it is read"
    yield f"pantau outlet check {slug} --outlets {shlex.quote(str(desk.outlets))}"
    yield "when it holds: hand the file and the page to the project, so that others have the outlet too"
