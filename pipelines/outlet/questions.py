"""What a live look asks of the lists and pages that came: each question is pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.find.discover import find_article_urls, find_child_sitemaps
from crawler.outlet.load import Find, Outlet
from crawler.page.article import read_article
from db.records import Article, Page
from pipelines.outlet.draft import Mends, draft_fixture, draft_outlet, load_draft
from pipelines.outlet.lists import find_other_ways, mend_list
from pipelines.outlet.selectors import propose_selectors, unread_dates


@dataclass(frozen=True, slots=True)
class Answered:
    """What an address answered with, as far as a reader needs it."""

    body: bytes
    content_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A mended outlet file, and the article's page as a fixture."""

    toml: str  # "": nothing to mend
    fixture: tuple[str, str] | None  # page and what is read from it
    reads: bool  # whether the article's text is found by a layout of the outlet's own
    finds: bool  # whether the mended ways find articles in what came


def _list(outlet: Outlet, find: Find, came: Answered) -> Any:
    """The articles of a list, and the sitemaps that it names."""
    children = find_child_sitemaps(came.body, find, url=came.url) if find.kind == "sitemap" else []
    return find_article_urls(came.body, find, outlet, came.url, came.content_type), children


def _draft(
    outlet: Outlet, path: Path, mends: Mends, page: Page | None, lists: Mapping[int, Answered], today: date
) -> Draft:
    text = draft_outlet(path, mends, today) if mends else ""
    mended = load_draft(outlet.slug, text) if text else outlet
    result = read_article(page, mended) if page else None
    own = isinstance(result, Article) and result.answered.get("text") in ("selector", "wp-json")
    finds = all(_list(mended, mended.find[number], came)[0] for number, came in lists.items())
    return Draft(text, draft_fixture(page, mended) if page else None, own, finds)


def _of(answer: Callable[..., Any]) -> Callable[..., Any]:
    """A question about one outlet, which is named first."""
    return lambda outlets, slug, *arguments: answer(outlets[slug], *arguments)


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "list": _of(_list),
    "mend": _of(lambda o, find, came: mend_list(came.body, came.content_type, came.url, find, o)),
    "ways": _of(lambda _, kind, came: find_other_ways(came.body, came.content_type, came.url, kind)),
    "article": _of(lambda outlet, page: read_article(page, outlet)),
    "selectors": _of(lambda outlet, page: propose_selectors(page, outlet)),
    "dates": _of(lambda _, page: unread_dates(page)),
    "draft": _of(_draft),
}
