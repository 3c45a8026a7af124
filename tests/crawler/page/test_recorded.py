"""Recorded layouts: a site's markup with our own sentences, and what is to be read from it by field."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.find.discover import find_article_urls, find_child_sitemaps, find_last_page
from crawler.outlet.load import Outlet, load_outlets
from crawler.page.article import find_parts, read_article
from db.records import Article, Page

PAGES = Path(__file__).parents[2] / "pages"
FIELDS = (
    "id",
    "url",
    "title",
    "published_at",
    "modified_at",
    "authors",
    "editor",
    "section",
    "tags",
    "dateline",
    "origin",
    "pages",
    "text",
)


@cache
def outlets() -> dict[str, Outlet]:
    return load_outlets()


def expectations(kind: str) -> list[Path]:
    return [p for p in sorted(PAGES.glob("*/*.json")) if kind in _load(p)]


def _load(path: Path) -> dict[str, Any]:
    data = json.loads(path.read_text("utf-8"))
    return data if isinstance(data, dict) else {}


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _page(path: Path, spec: dict[str, Any]) -> Page:
    at = datetime.fromisoformat(spec["fetched_at"])
    slug = path.parent.name
    source = path.parent / spec.get("file", f"{path.stem}.html")
    parts = tuple(
        Page(url=p["url"], outlet=slug, fetched_at=at, html=(path.parent / p["file"]).read_text("utf-8"))
        for p in spec.get("parts", ())
    )
    return Page(url=spec["url"], outlet=slug, fetched_at=at, html=source.read_text("utf-8"), parts=parts)


@cache
def read(path: Path) -> Article:
    article = read_article(_page(path, _load(path)["page"]), outlets()[path.parent.name])
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("path", expectations("article"), ids=_name)
def test_field(path: Path, field: str) -> None:
    wanted = _load(path)["article"]
    found = getattr(read(path), field)
    if field == "text":
        assert found.split("\n\n") == wanted["text"]
    elif field in ("published_at", "modified_at"):
        assert (found.isoformat() if found else None) == wanted[field]
    elif field in ("authors", "tags"):
        assert list(found) == wanted[field]
    else:
        assert found == wanted[field]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*/*.json")), ids=_name)
def test_a_person_has_checked_what_a_program_wrote(path: Path) -> None:
    assert _load(path).get("checked_by", "before there was the field"), (
        f"{_name(path)}: hold each field against the page, then name yourself"
    )


@pytest.mark.parametrize("path", expectations("article"), ids=_name)
def test_no_recorded_layout_needs_the_generic_extractor(path: Path) -> None:
    assert read(path).answered["text"] in ("selector", "wp-json")


@pytest.mark.parametrize(
    "path", [p for p in expectations("article") if "further" in _load(p)["page"]], ids=_name
)
def test_further_pages(path: Path) -> None:
    spec = _load(path)["page"]
    parts = find_parts(_page(path, spec), outlets()[path.parent.name])
    wanted = spec["further"]
    assert (parts.count, parts.all_at_once, list(parts.urls)) == (
        wanted["count"],
        wanted["all_at_once"],
        wanted["urls"],
    )


@pytest.mark.parametrize("path", expectations("listing"), ids=_name)
def test_listing(path: Path) -> None:
    data = _load(path)
    spec = data["listing"]
    outlet = outlets()[path.parent.name]
    find = [f for f in outlet.find if f.kind == spec["kind"]][spec.get("find", 0)]
    source = path.parent / spec["file"] if "file" in spec else next(path.parent.glob(f"{path.stem}.[hx]*ml"))
    body = source.read_bytes()
    found = find_article_urls(body, find, outlet, spec["url"])
    assert [f.url for f in found] == [w["url"] for w in data["found"]]
    for entry, wanted in zip(found, data["found"], strict=True):
        # None where the list shows no time, or only "7 menit yang lalu".
        assert (entry.published_at.isoformat() if entry.published_at else None) == wanted["published_at"]
        if "title" in wanted:
            assert entry.title == wanted["title"]
    if "last_page" in data:
        assert find_last_page(body, find) == data["last_page"]
    if "children" in data:
        assert find_child_sitemaps(body, find, date.fromisoformat(spec["since"])) == data["children"]


def test_every_content_system_has_an_article_and_a_listing() -> None:
    platforms = {outlet.platform for outlet in outlets().values()}
    by_slug = {slug: outlet.platform for slug, outlet in outlets().items()}
    assert {by_slug[p.parent.name] for p in expectations("article")} == platforms
    assert {by_slug[p.parent.name] for p in expectations("listing")} == platforms
