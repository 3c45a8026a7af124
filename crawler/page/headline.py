"""The headline, without what a site hangs on it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.html import jsonld
from crawler.html.markup import tidy
from crawler.html.select import text_of
from crawler.html.words import load_words
from crawler.page.metadata import Head, plain

#: No headline is longer: a text that is, is none.
LONGEST = 500

_SEPARATOR = re.compile(r"\s*(?:[|»«•·]|::?|--|[-–—/])\s*")


@lru_cache(maxsize=256)
def _at_the_end(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})$", re.IGNORECASE)


def cut_title(title: str, head: Head) -> str:
    """The headline without the outlet's name and a page number behind it."""
    tails = (load_words().title_tail, _at_the_end(head.outlet.article.title_tail.pattern))
    for _ in range(4):
        before = title
        for tail in tails:
            title = tail.sub("", title).rstrip()
        separators = list(_SEPARATOR.finditer(title))
        if separators and plain(title[separators[-1].end() :]) in head.site_names:
            title = title[: separators[-1].start()].rstrip()
        if title == before:
            break
    return title


def read_title(head: Head) -> str:
    """The headline: JSON-LD, og:title, the layout's selectors, <title>, or what a listing said; or ""."""
    title = head.ask("title", [jsonld.string(head.node.get("headline"))], lambda t: 3 < len(t) <= LONGEST)
    if not title and 0 < len(head.page_title) <= LONGEST:
        title, head.answered["title"] = head.page_title, "meta"
    if not title and (hint := tidy(head.page.hints.get("title", ""))[:LONGEST]):
        title, head.answered["title"] = hint, "feed"
    title = cut_title(title, head)
    cut = title.removesuffix("…").removesuffix("...").rstrip()
    if cut == title and not _SEPARATOR.search(title):
        return title
    headings = [v for values in head.selected("title") for v in values[:3]]
    headings += [text_of(head.heading)] if head.heading is not None else []
    for heading in map(tidy, headings):
        if not 15 < len(heading) <= LONGEST:
            continue
        # "Judul Berita : Okezone News" above <h1>Judul Berita</h1>, "Judul yang dipot..." above it all.
        rest = title[len(heading) :]
        if title.startswith(heading) and rest and _SEPARATOR.match(rest):
            return heading
        if len(cut) < len(title) and len(cut) > 15 and heading.startswith(cut):
            return heading
    return title
