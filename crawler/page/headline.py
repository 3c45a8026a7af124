"""The headline, without what a site hangs on it. Pure.

Where an outlet's own layout fits, its sources are asked in their order. Where none does, what readers see
above the text is held against what the page states in JSON-LD, og:title and <title>: sites put a line for
search engines into any of these three, and their own name or a section's into any <h1>, but hardly ever the
same text into two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from crawler.html import jsonld
from crawler.html.likeness import count_words, overlap
from crawler.html.markup import tidy
from crawler.html.select import text_of
from crawler.html.words import load_words
from crawler.page.metadata import Head, plain
from db.records import Source

#: No headline is longer: a text that is, is none.
LONGEST = 500
#: Headings of a page that are looked at, and F1 of the words of one and what the page states, at least.
MOST_HEADINGS, ALIKE = 8, 0.5
#: What is seen counts for two statements: one that differs is for search engines, two that agree are not.
SEEN = 2
#: Fewer letters are no headline of which a longer one could be told to be the whole.
FEW_LETTERS = 15

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
        for separator in _SEPARATOR.finditer(title):  # the first: a name may hold one ("Kabar 80/90 - Uji")
            if head.is_site_name(title[separator.end() :]):
                title = title[: separator.start()].rstrip()
                break
        if title == before:
            break
    return title


def _cut_front(title: str, head: Head) -> str:
    """The headline without the outlet's name before it: "Kabar Uji: Jembatan Dibuka"."""
    for separator in _SEPARATOR.finditer(title):
        front, rest = title[: separator.start()], title[separator.end() :]
        if len(rest) >= FEW_LETTERS and plain(front) in head.site_names:
            return rest
    return title


def read_title(head: Head) -> str:
    """The headline, or ""; `answered` says what it is taken from."""
    known = head.layouts[0] is not head.outlet.generic
    head.title = _ordered_title(head) if known else _agreed_title(head)
    return head.title


# --- a layout that nobody described ----------------------------------------------------------------


def _agreed_title(head: Head) -> str:
    """The headline that is seen or stated most; of equals, the one that readers see."""
    stated = list(_stated(head))
    letters = [plain(text) for text, _ in stated]
    best: tuple[str, Source] = ("", "none")
    most = 0
    for text, source in [*_seen(head, [text for text, _ in stated]), *stated]:
        own = plain(text)
        votes = sum(_is_same(own, other) for other in letters) + (SEEN if source == "selector" else 0)
        if votes > most:
            best, most = (text, source), votes
    if not best[0]:
        return _hinted(head)
    head.answered["title"] = best[1]
    return best[0]


def _is_same(own: str, other: str) -> bool:
    """Whether one is the other, or its beginning: sites cut what they state at a hundred characters."""
    return own == other or (len(other) >= FEW_LETTERS and own.startswith(other))


def _stated(head: Head) -> Iterator[tuple[str, Source]]:
    """JSON-LD's headline, the first meta tag and <title>, cut; none that is but the name of the site."""
    metas = [text for text in head.meta_values("title") if 0 < len(text) <= LONGEST]
    sources: list[tuple[str, Source]] = [(jsonld.string(head.node.get("headline")), "json-ld")]
    sources += [(text, "meta") for text in (*metas[:1], head.page_title)]
    for text, source in sources:
        cut = _cut_front(cut_title(tidy(text), head), head) if 3 < len(text) <= LONGEST else ""
        if cut and not head.is_site_name(cut):
            yield cut, source


def _seen(head: Head, stated: list[str]) -> list[tuple[str, Source]]:
    """The headings that may be the article's, the likeliest first; all of them where the page states none."""
    texts = [tidy(v) for values in head.selected("title") for v in values[:MOST_HEADINGS]]
    texts += [tidy(text_of(h1)) for h1 in islice(head.tree.root.iter("h1"), MOST_HEADINGS)]
    texts += [tidy(text_of(head.heading))] if head.heading is not None else []
    whole = [cut_title(t, head) for t in dict.fromkeys(texts) if 3 < len(t) <= LONGEST]
    whole = [t for t in whole if t and not head.is_site_name(t)]
    if not stated:
        return [(text, "selector") for text in whole]
    scores = {text: max(_alike(text, one) for one in stated) for text in whole}
    return [(t, "selector") for t in sorted(scores, key=lambda t: -scores[t]) if scores[t] >= ALIKE]


def _alike(one: str, other: str) -> float:
    """How far two texts are the same headline, 0 to 1."""
    if plain(one) == plain(other):
        return 1.0
    return overlap(count_words(one), count_words(other))


def _hinted(head: Head) -> str:
    """What the listing or feed said that led here."""
    hint = cut_title(tidy(head.page.hints.get("title", ""))[:LONGEST], head)
    if hint:
        head.answered["title"] = "feed"
    return hint


# --- a layout that fits ----------------------------------------------------------------------------


def _ordered_title(head: Head) -> str:
    """The headline: JSON-LD, og:title, the layout's selectors, <title>, or what a listing said; or ""."""
    title = head.ask("title", [jsonld.string(head.node.get("headline"))], lambda t: 3 < len(t) <= LONGEST)
    if not title and 0 < len(head.page_title) <= LONGEST:
        title, head.answered["title"] = head.page_title, "meta"
    title = cut_title(title, head) or _hinted(head)
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
