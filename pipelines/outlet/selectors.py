"""Which selectors find what is known to stand on a page: the mends that `pantau outlet check --save` drafts.

What is known comes from the generic reader, which asks no outlet's file. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from crawler.html.around import MAY_SHOW, names_of, shown_text
from crawler.html.dates import read_date
from crawler.html.likeness import count_words, overlap
from crawler.html.markup import peek_page, tidy
from crawler.html.select import compile_selector, text_of
from crawler.html.tree import Element, Tree
from crawler.html.words import load_words
from crawler.outlet.load import Layout, Outlet
from crawler.page.blocks import Body
from crawler.page.body import fetch_day, read_layouts
from crawler.page.byline import person_names, read_people, split_byline
from crawler.page.generic import read_generic
from crawler.page.headline import read_title
from crawler.page.metadata import Head, plain
from crawler.page.prose import find_prose
from crawler.page.published import read_published
from db.records import Page
from pipelines.outlet.look import build_guess

#: Fields that a page must yield and whose selectors are looked for.
FIELDS = ("title", "published", "authors", "body")
#: F1 of words from which on a selector finds the text that the generic reader finds.
SAME_TEXT = 0.85
#: Ancestors by which an element is described, and the characters of a byline.
MOST_PARENTS, LONGEST_BYLINE = 4, 120

_NAME = re.compile(r"[A-Za-z][\w-]{1,39}")
#: What a build step writes anew each time: "css-1x2y3z", "sc-abc", "post-48213".
_GENERATED = re.compile(r"\d{3}|^(?:css|sc|jsx|emotion)-|\d[a-z]+\d|[a-z]\d[a-z]")


@dataclass(frozen=True, slots=True)
class Known:
    """What a page says, read without its outlet's file."""

    head: Head
    body: Body
    title: str
    day: str  # of the publication, YYYY-MM-DD in the page's own zone; "": none
    authors: tuple[str, ...]


def read_known(page: Page, tree: Tree) -> Known:
    """The page as the generic reader reads it."""
    guess = build_guess(page.url)
    head = Head(page, guess, tree, [guess.generic])
    body = read_generic(tree, guess.generic)
    title, moment = read_title(head), read_published(head)
    return Known(
        head, body, title, moment.date().isoformat() if moment else "", read_people(head, body.taken)[0]
    )


def propose_selectors(page: Page, outlet: Outlet) -> dict[str, str]:
    """field -> a selector that finds it, for each field that the outlet's present layout finds no longer."""
    tree = peek_page(page.html)
    if tree is None:
        return {}
    known = read_known(page, tree)
    layouts = outlet.layouts_for(fetch_day(page))
    layout = layouts[0] if layouts else Layout()
    proposed = {}
    for field in FIELDS:
        if not _fits(field, layout, page, outlet, tree, known) and (css := _find(field, tree, known)):
            proposed[field] = css
    return proposed


def unread_dates(page: Page) -> list[str]:
    """Texts that look like the date of a page on which no date can be read: a form that nobody described."""
    tree = peek_page(page.html)
    if tree is None or read_known(page, tree).day:
        return []
    is_date = load_words().markup_date.search
    texts = (shown_text(e) for e in tree.root.iter(*MAY_SHOW) if e.tag == "time" or is_date(names_of(e)))
    return list(islice(dict.fromkeys(t for t in texts if re.search(r"\d", t) and len(t) < 60), 3))


# --- does a field's own selector still find it? ------------------------------------------------------


def _fits(field: str, layout: Layout, page: Page, outlet: Outlet, tree: Tree, known: Known) -> bool:
    if field == "body":
        own = read_layouts(tree, page, replace(outlet, layouts=(layout,)))
        return _alike(own.blocks, known.body.blocks) >= SAME_TEXT
    selectors = getattr(layout, field)
    if any(_says(field, value, known) for selector in selectors for value in selector.values(tree)):
        return True
    # What the page states for machines needs no selector, unless the file has one: that one is dead.
    stated = known.head.answered.get({"published": "published_at"}.get(field, field)) in ("json-ld", "meta")
    return not selectors and (stated or field == "title")


def _says(field: str, value: str, known: Known) -> bool:
    """Whether a text is what is known of a field."""
    if field == "title":
        return plain(value) == plain(known.title)
    if field == "published":
        moment = read_date(value)
        return moment is not None and (not known.day or moment.date().isoformat()[:7] == known.day[:7])
    return not known.authors or bool(set(_people(value, known)) & set(known.authors))


def _people(text: str, known: Known) -> tuple[str, ...]:
    named = [name for role, name in split_byline(text) if role in ("author", "")]
    return person_names(named, known.head.outlet, known.head.site_names)


def _alike(own: Iterable[str], other: Iterable[str]) -> float:
    return overlap(count_words(" ".join(own)), count_words(" ".join(other)))


# --- where does it stand now? ------------------------------------------------------------------------


def _find(field: str, tree: Tree, known: Known) -> str:
    """A selector whose first answer is what is known of a field, or ""."""
    if field == "body":
        return _find_body(tree, known)
    if field == "title":
        elements: Iterable[Element] = tree.root.iter("h1", "h2", "h3")
    else:
        elements = (*known.head.around, *tree.root.iter(*MAY_SHOW))
    for element in elements:
        for attribute in ("datetime", "") if field == "published" else ("",):
            text = element.get(attribute) or "" if attribute else tidy(_text(element, field))
            if not text or len(text) > LONGEST_BYLINE * (4 if field == "title" else 1):
                continue
            exact = bool(
                known.title if field == "title" else known.day if field == "published" else known.authors
            )
            if exact and _says(field, text, known) and (css := describe(element, tree)):
                return f"{css}::attr({attribute})" if attribute else css
    return ""


def _text(element: Element, field: str) -> str:
    return text_of(element) if field == "title" else shown_text(element)


def _find_body(tree: Tree, known: Known) -> str:
    prose = find_prose(tree)
    if prose is None or not known.body.blocks:
        return ""
    roots = list(prose.roots)
    parent = roots[0].getparent()
    for element in (*roots, *([parent] if parent is not None else [])):
        css = describe(element, tree, alone=True)
        trial = Layout(body=(compile_selector(css),)) if css else Layout()
        page = replace(known.head.page)
        outlet = replace(known.head.outlet, layouts=(trial,))
        if css and _alike(read_layouts(tree, page, outlet).blocks, known.body.blocks) >= SAME_TEXT:
            return css
    return ""


def describe(element: Element, tree: Tree, *, alone: bool = False) -> str:
    """The simplest selector whose first element this is, or ""; `alone`: that finds no other."""
    for css in _descriptions(element):
        found = compile_selector(css).elements(tree)
        if found and found[0] is element and (len(found) == 1 or not alone):
            return css
    return ""


def describe_class(element: Element) -> Iterator[str]:
    """What an element shares with others of its kind: each of its classes, or its tag inside its parent."""
    tag = str(element.tag)
    classes = [c for c in (element.get("class") or "").split() if _NAME.fullmatch(c)]
    yield from (f"{tag}.{name}" for name in classes if not _GENERATED.search(name))
    parent = element.getparent()
    if parent is not None and not classes:
        yield from (f"{outer} > {tag}" for outer in _simple(parent))


def _descriptions(element: Element) -> Iterator[str]:
    own = list(_simple(element))
    yield from own
    if element.tag == "h1":
        yield "h1"
    for parent in islice(element.iterancestors(), MOST_PARENTS):
        for outer in _simple(parent):
            yield from (f"{outer} {one}" for one in (*own, str(element.tag)))


def _simple(element: Element) -> Iterator[str]:
    """What names one element: a property, an id, each of its classes that somebody chose."""
    tag = str(element.tag)
    for attribute in ("itemprop", "data-qa-id", "data-testid"):
        if _NAME.fullmatch(value := element.get(attribute) or ""):
            yield f"{tag}[{attribute}={value}]"
    names = [("#", element.get("id") or ""), *((".", c) for c in (element.get("class") or "").split())]
    for sign, name in names:
        if _NAME.fullmatch(name) and not _GENERATED.search(name):
            yield f"{tag}{sign}{name}"
