"""Whether the ways to find a page's body agree. Pure.

A layout that fits only half shows here before any field is empty.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.html import jsonld
from crawler.html.markup import peek_page, strip_tags
from crawler.outlet.load import Outlet
from crawler.page.body import extract_generic, read_body
from db.records import Page, Source

_WORD = re.compile(r"\w+")


def compare_bodies(page: Page, outlet: Outlet) -> dict[Source, float]:
    """How far the body that the selectors find agrees with JSON-LD's and with trafilatura's.

    Figures are F1 over words, 0 to 1; a source that the page lacks is left out, and nothing is compared
    where the selectors find no body.
    """
    tree = peek_page(page.html)
    own = read_body(tree, page, outlet).blocks if tree is not None else ()
    if tree is None or not own:
        return {}
    words = count_words(" ".join(own))
    found: dict[Source, float] = {"trafilatura": overlap(words, count_words(extract_generic(page.html)))}
    scripts = [e.text or "" for e in tree.root.iter("script") if "ld+json" in (e.get("type") or "")]
    stated = jsonld.find_article_node(jsonld.load_jsonld(scripts)).get("articleBody")
    if isinstance(stated, str) and stated.strip():
        found["json-ld"] = overlap(words, count_words(strip_tags(stated.replace("<", " <"))))
    return found


def count_words(text: str) -> Counter[str]:
    """The words of a text, in lower case, and how often each stands there."""
    return Counter(_WORD.findall(text.casefold()))


def overlap(a: Counter[str], b: Counter[str]) -> float:
    """F1 of two bags of words; 0 where either is empty."""
    common = (a & b).total()
    return 2 * common / (a.total() + b.total()) if common else 0.0
