"""The text of an article: which element holds it, and its blocks in order, without noise. Pure.

The selectors of the outlet's layouts are asked first; where none of them finds a text,
crawler/page/generic.py reads the page as one of an outlet that nobody described.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crawler.html.dates import read_date
from crawler.html.markup import parse_page, tidy
from crawler.html.select import text_of
from crawler.html.tree import Element, Tree
from crawler.html.words import load_words
from crawler.outlet.load import Outlet
from crawler.page.blocks import Body, element_body, fragment_body
from crawler.page.clean import LONGEST_NOISE
from crawler.page.generic import read_generic, text_roots
from db.records import WIB, Page

#: Characters at the end of a text in which its signature is looked for.
LONGEST_SIGNATURE = 120
#: And at its beginning, its dateline.
LONGEST_DATELINE = 200


def fetch_day(page: Page) -> date:
    """The day of the fetch in Jakarta, which decides on the layout."""
    return page.fetched_at.astimezone(WIB).date()


def read_body(tree: Tree, page: Page, outlet: Outlet) -> Body:
    """The blocks that the selectors of a layout find, or else the generic reader."""
    body = read_layouts(tree, page, outlet)
    return body if body.blocks else read_generic(tree, outlet.generic)


def read_layouts(tree: Tree, page: Page, outlet: Outlet) -> Body:
    """The blocks that the selectors of the outlet's own layouts find."""
    for layout in outlet.layouts_for(fetch_day(page)):
        for selector in layout.body:
            elements = selector.elements(tree)
            if selector.kind == "json":
                found = fragment_body(selector.json_values(elements), layout)
            else:
                found = element_body(_roots(elements), layout)
            if found.blocks:
                return found
    return Body()


def _roots(elements: list[Element]) -> list[Element]:
    """Of several elements those that make up one text: siblings, or else the longest."""
    outer = text_roots(elements)
    if len(outer) < 2 or all(e.getparent() is outer[0].getparent() for e in outer):
        return outer
    return [max(outer, key=lambda e: len(text_of(e)))]


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
