"""`read_article(page, outlet)`: a fetched page as an article, or a named refusal. Pure.

Metadata come from `metadata`, the text from `body`; `Article.answered` says for each field what answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from crawler.html import jsonld
from crawler.html.bounds import TooLargeError
from crawler.html.jsonld import GALLERY_TYPES, find_other_type
from crawler.html.markup import parse_page, peek_page
from crawler.html.select import find_values
from crawler.html.urls import split_url
from crawler.html.words import load_words
from crawler.outlet.load import Outlet
from crawler.page.blocks import Body
from crawler.page.body import (
    fetch_day,
    find_dateline,
    find_origin,
    merge_parts,
    part_body,
    read_body,
    trim,
)
from crawler.page.byline import read_people
from crawler.page.headline import read_title
from crawler.page.metadata import Head
from crawler.page.published import read_modified, read_published
from crawler.page.storable import gate
from crawler.page.wpjson import is_post_list, read_post
from db.records import Article, Page, Refusal, Source

#: Shorter than this, a page that is not free to read holds its teaser only.
TEASER_CHARACTERS = 1200
#: Of a section's name, or a part of an address, that may say what kind of page it is.
LONGEST_PLACE = 60


@dataclass(frozen=True, slots=True)
class Parts:
    """The further pages of an article."""

    count: int = 1
    all_at_once: str = ""  # URL that shows every page
    urls: tuple[str, ...] = ()  # pages 2..n


def read_article(page: Page, outlet: Outlet) -> Article | Refusal:
    """Read one page, with its further pages in `page.parts`; raises nothing for any text whatever.

    `page.html` may also be a post, or a list of posts, of the WordPress REST API.
    """
    try:
        return gate(_read(page, outlet))
    except TooLargeError as error:
        return Refusal(reason="too-large", detail=str(error))


def _read(page: Page, outlet: Outlet) -> Article | Refusal:
    if not page.html or page.html.isspace():
        return Refusal(reason="no-body", detail="the page is empty")
    if is_post_list(page.html):
        return read_post(page, outlet)
    tree = parse_page(page.html)
    if tree is None:
        return Refusal(reason="not-article", detail="no HTML")
    body = read_body(tree, page, outlet)
    layouts = [body.layout] if body.layout else outlet.layouts_for(fetch_day(page))[:1]
    if outlet.generic not in layouts:
        layouts.append(outlet.generic)
    head = Head(page, outlet, tree, layouts)
    title = read_title(head)
    if refusal := _refuse(head, body, title):
        return refusal
    published = read_published(head)
    if published is None:
        return Refusal(reason="no-date", detail="no publication time that is valid")

    bodies = [body, *(part_body(part, outlet) for part in page.parts)]
    blocks = trim(merge_parts([b.blocks for b in bodies]), title)
    taken = [line for b in bodies for line in b.taken]
    text = "\n\n".join(blocks)
    if not text:
        return _without_text(head, "nothing but noise in the body")
    if _is_locked(head) and len(text) < TEASER_CHARACTERS:
        return Refusal(reason="premium", detail="not free to read; only its teaser was served")
    head.answered["text"] = body.source
    authors, editor = read_people(head, taken)
    modified, section, tags = read_modified(head), head.section(title), head.tags()
    url = head.url()
    return Article(
        id=outlet.article_id(url, head.number),
        url=url,
        outlet=outlet.slug,
        title=title,
        text=text,
        published_at=published,
        modified_at=modified,
        authors=authors,
        editor=editor,
        section=section,
        tags=tags,
        dateline=find_dateline(blocks[0], outlet),
        origin=find_origin(taken),
        # "All at once" is one part that holds them all.
        pages=max(len(page.parts) + 1, int(page.hints.get("pages", 1)) if page.parts else 1),
        missing_pages=page.missing,
        answered=_mark_generic(head),
        fetched_at=page.fetched_at,
        warc=page.warc,
    )


def _mark_generic(head: Head) -> dict[str, Source]:
    """What answered for each field; "generic" for what selectors found of no layout that fits the page."""
    if head.layouts[0] is not head.outlet.generic:
        return head.answered
    return {name: "generic" if source == "selector" else source for name, source in head.answered.items()}


def _is_locked(head: Head) -> bool:
    """Whether schema.org's or Facebook's mark says that the page is not free to read."""
    free = head.node.get("isAccessibleForFree")
    marked = isinstance(free, str) and free.strip().lower() in ("false", "no")
    return free is False or marked or "locked" in head.meta.get("article:content_tier", ())


def _refuse(head: Head, body: Body, title: str) -> Refusal | None:
    if not title and not body.blocks:
        return Refusal(reason="not-article", detail="neither headline nor text")
    own = head.canonical_link or next(iter(head.meta.get("og:url", ())), "")
    at_home = own.startswith("http") and not split_url(own).path.strip("/")
    # Some sites call every page their home page; where the layout of an article fits, it is one.
    if at_home and split_url(head.page.url).path.strip("/") and body.layout in (None, head.outlet.generic):
        return Refusal(reason="not-article", detail="the outlet's home page stands at this address")
    if not body.blocks:
        return _without_text(head, "no selector, JSON-LD or generic extractor found a text")
    if not title:
        return Refusal(reason="no-title")
    return _refuse_gallery(head, title)


def _refuse_gallery(head: Head, title: str) -> Refusal | None:
    """Pages of pictures, whose captions are no report: told by type, address, section or headline."""
    if (kind := find_other_type(head.nodes)) in GALLERY_TYPES:
        return Refusal(reason="not-article", detail=f"the page calls itself {kind}")
    words = load_words()
    places = [
        *split_url(head.page.url).path.split("/")[:-1],
        *jsonld.strings(head.node.get("articleSection")),
    ]
    places += head.meta.get("article:section", ())
    short = (p.strip() for p in places if len(p) <= LONGEST_PLACE)
    place = next((p for p in short if words.gallery_place.fullmatch(p)), "")
    if mark := words.gallery_title.search(title):
        place = mark[0].strip()
    return Refusal(reason="not-article", detail=f"a gallery: {place!r}") if place else None


def _without_text(head: Head, detail: str) -> Refusal:
    # A gallery has no text by nature; counted as "no-body" it would look like a changed layout.
    if kind := find_other_type(head.nodes):
        return Refusal(reason="not-article", detail=f"the page calls itself {kind}")
    return Refusal(reason="no-body", detail=detail)


# --- further pages ---------------------------------------------------------------------------------


def may_have_parts(outlet: Outlet) -> bool:
    """Whether an outlet's articles may have further pages: where not, none is looked for."""
    return bool(outlet.article.page_all or outlet.article.page_n)


def find_parts(page: Page, outlet: Outlet) -> Parts:
    """How many pages an article has and where they are; one page where the outlet knows no other."""
    rules = outlet.article
    tree = peek_page(page.html) if may_have_parts(outlet) else None
    if tree is None:
        return Parts()
    count = 1
    for layout in [*outlet.layouts_for(fetch_day(page))[:1], outlet.generic]:
        for text in find_values(layout.page_count, tree):
            count = max(count, *(int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)), 1)
        if count > 1:
            break
    if count < 2 or count > rules.max_pages:
        return Parts(count=min(count, 1))
    url = outlet.canonical(page.url)
    return Parts(
        count=count,
        all_at_once=_with(url, rules.page_all) if rules.page_all else "",
        urls=tuple(
            _with(url, rules.page_n.format(page=n, offset=(n - 1) * rules.page_size))
            for n in range(2, count + 1)
            if rules.page_n
        ),
    )


def is_further_page(url: str, outlet: Outlet) -> bool:
    """Whether an address is that of an article's second or later page."""
    rules, first = outlet.article, outlet.canonical(url)
    return bool(rules.page_n) and any(
        url == _with(first, rules.page_n.format(page=n, offset=(n - 1) * rules.page_size))
        for n in range(2, rules.max_pages + 1)
    )


def _with(url: str, how: str) -> str:
    if how.startswith("/"):
        return urljoin(url.rstrip("/") + "/", how.lstrip("/"))
    return f"{url}{'&' if '?' in url else '?'}{how}"


def count_blocks(page: Page, outlet: Outlet) -> int:
    """How many blocks of text a page holds: whether "all pages" shows more than the first."""
    tree = peek_page(page.html)
    return len(read_body(tree, page, outlet).blocks) if tree is not None else 0
