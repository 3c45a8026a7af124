"""Whether the ways to find a page's body agree. Pure.

A layout that fits only half shows here before any field is empty.
"""

from __future__ import annotations

from crawler.html.likeness import count_words, overlap
from crawler.html.markup import peek_page
from crawler.outlet.load import Outlet
from crawler.page.blocks import Body
from crawler.page.body import read_body
from crawler.page.generic import extract_generic, find_stated, read_unnamed
from db.records import Page, Source


def compare_bodies(page: Page, outlet: Outlet) -> dict[Source, float]:
    """How far the body that is read agrees with JSON-LD's, with the page's prose and with trafilatura's.

    Figures are F1 over words, 0 to 1, as the generic reader compares its candidates; a source that the page
    lacks is left out, and nothing is compared where no body is found.
    """
    tree = peek_page(page.html)
    own = read_body(tree, page, outlet) if tree is not None else None
    if tree is None or own is None or not own.blocks:
        return {}
    words = count_words(" ".join(own.blocks))
    found: dict[Source, float] = {"trafilatura": overlap(words, count_words(extract_generic(page.html)))}
    others: dict[Source, Body] = {
        "generic": read_unnamed(tree, outlet.generic),
        "json-ld": find_stated(tree, outlet.generic),
    }
    for source, body in others.items():
        if body.blocks and source != own.source:
            found[source] = overlap(words, count_words(" ".join(body.blocks)))
    return found
