"""The text of an article: which element holds it, and its blocks in order, without noise. Pure.

The layout's selectors are asked first, then those of platforms/generic.toml, then JSON-LD's articleBody,
and trafilatura last and only when none of them has an answer: it takes ten times as long as all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

from crawler.html.dates import read_date
from crawler.html.markup import parse_html, parse_page, tidy
from crawler.html.select import text_of
from crawler.html.tree import Element, Tree
from crawler.html.words import load_words
from crawler.outlet.load import Layout, Outlet
from crawler.page.clean import LONGEST_NOISE, Line, drop_noise, join_lines, read_lines
from db.records import WIB, Page, Source

#: What a generic selector has to find before it is believed.
ENOUGH_CHARACTERS = 200
#: Characters at the end of a text in which its signature is looked for.
LONGEST_SIGNATURE = 120
#: And at its beginning, its dateline.
LONGEST_DATELINE = 200


@dataclass(frozen=True, slots=True)
class Body:
    blocks: tuple[str, ...] = ()
    source: Source = "none"
    layout: Layout | None = None
    taken: tuple[str, ...] = ()  # lines that were removed: labels, signatures, origin


def fetch_day(page: Page) -> date:
    """The day of the fetch in Jakarta, which decides on the layout."""
    return page.fetched_at.astimezone(WIB).date()


def read_body(tree: Tree, page: Page, outlet: Outlet) -> Body:
    """The blocks that the selectors of a layout, or else the generic ones, find."""
    for layout in outlet.layouts_for(fetch_day(page)):
        for selector in layout.body:
            elements = selector.elements(tree)
            if selector.kind == "json":
                found = fragment_body(selector.json_values(elements), layout)
            else:
                found = _element_body(_roots(elements), layout)
            if found.blocks:
                return found
    for selector in outlet.generic.body:
        elements = selector.elements(tree)
        if selector.kind == "json":
            found = fragment_body(selector.json_values(elements), outlet.generic)
        else:
            found = _element_body(_roots(elements), outlet.generic)
        if sum(map(len, found.blocks)) >= ENOUGH_CHARACTERS:
            return found
    return Body()


def _roots(elements: list[Element]) -> list[Element]:
    """Of several elements those that make up one text: siblings, or else the longest."""
    if len(elements) < 2:
        return elements
    outer: list[Element] = []
    covered: set[Element] = set()
    for element in elements:  # in document order: what holds another comes first
        if element not in covered:
            outer.append(element)
            covered.update(element.iter())
    parent = outer[0].getparent()
    if all(e.getparent() is parent for e in outer):
        return outer
    return [max(outer, key=lambda e: len(text_of(e)))]


def _element_body(roots: list[Element], layout: Layout) -> Body:
    if not roots:
        return Body()
    return _body(read_lines(roots, layout.drop), layout, "selector")


def fragment_body(fragments: Sequence[str], layout: Layout) -> Body:
    """The blocks of a piece of HTML that stands in a script or an API's answer."""
    for fragment in fragments:
        tree = parse_html(f"<body>{fragment}</body>")
        if tree is not None and (body := _element_body([tree], layout)).blocks:
            return body
    return Body()


def _body(lines: list[Line], layout: Layout, source: Source) -> Body:
    taken: list[str] = []
    kept = drop_noise(lines, layout.noise, layout.stop, taken)
    return Body(tuple(join_lines(kept)), source, layout, tuple(taken))


def last_resort(stated: object, page: Page, outlet: Outlet) -> Body:
    """`stated` is JSON-LD's articleBody; without one, trafilatura."""
    if isinstance(stated, str) and len(stated) >= ENOUGH_CHARACTERS:
        if "<p" in stated or "<br" in stated:
            return fragment_body([stated], outlet.generic)
        return _body(_plain_lines(unescape(stated)), outlet.generic, "json-ld")
    return _body(_plain_lines(extract_generic(page.html)), outlet.generic, "trafilatura")


def extract_generic(html: str) -> str:
    """What trafilatura takes for the text of a page; "" where it finds none."""
    from trafilatura import extract  # a second to import: only where it is needed

    text = extract(
        html,
        include_comments=False,
        include_tables=True,
        favor_precision=True,
        output_format="txt",
        deduplicate=False,
    )
    return text or ""


def _plain_lines(text: str) -> list[Line]:
    texts = [tidy(t) for t in re.split(r"\n+", text)]
    return [Line(t, "p", False, 0, soft=True) for t in texts if t]


def part_body(part: Page, outlet: Outlet) -> Body:
    """The body of a further page; its metadata are those of the first."""
    tree = parse_page(part.html)
    return read_body(tree, part, outlet) if tree is not None else Body()


def merge_parts(parts: Sequence[Sequence[str]]) -> list[str]:
    """The blocks of several pages in order, none twice; a page that holds all the others stands alone."""
    merged = list(parts[0])
    for blocks in parts[1:]:
        have = set(merged)
        shared = sum(b in have for b in blocks)
        if merged and shared >= 0.8 * len(merged) and len(blocks) >= len(merged):
            merged = list(blocks)
        else:
            # A short line ("Kebumen") may head a passage on either page.
            merged += [b for b in blocks if b not in have or len(b) < 40]
    return merged


def trim(blocks: list[str], title: str) -> list[str]:
    """Blocks without a repeat of the headline, of a whole paragraph, and without a closing signature.

    What stands above a headline that is repeated (breadcrumbs), and a date below it, goes too.
    """
    above = next((i for i, b in enumerate(blocks[:6]) if tidy(b) == title), -1)
    if above >= 0 and all(len(b) < 80 for b in blocks[:above]):
        blocks = blocks[above + 1 :]
        while blocks and len(blocks[0]) < 60 and read_date(blocks[0]) is not None:
            blocks = blocks[1:]
    kept: list[str] = []
    seen: set[str] = set()
    for block in blocks:
        if len(block) > 60 and block in seen:
            continue
        seen.add(block)
        kept.append(block)
    if kept:
        end = kept[-1][-LONGEST_SIGNATURE:]
        kept[-1] = (kept[-1][: -len(end)] + load_words().tail.sub("", end)).rstrip()
    return [b for b in kept if b]


def find_dateline(first: str, outlet: Outlet) -> str:
    """The place that opens a text ("PURBALINGGA"), or an empty string."""
    for pattern in (outlet.article.dateline, *load_words().dateline):
        if (
            (match := pattern.match(first[:LONGEST_DATELINE]))
            and "place" in match.re.groupindex
            and match["place"]
        ):
            place = match["place"].strip(" ,")
            # "KOMPAS.com -" alone names no place.
            return "" if re.search(r"\w\.\w", place) else place
    return ""


def find_origin(lines: Sequence[str]) -> str:
    """The outlet that "Artikel ini telah tayang di ..." names, or an empty string."""
    for line in (text for text in lines if len(text) <= LONGEST_NOISE):
        for pattern in load_words().origin:
            if match := pattern.match(line):
                return match["outlet"].strip(" .")
    return ""
