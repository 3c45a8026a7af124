"""Nothing leaves the site, nothing runs, nothing is written, and hostile words are words."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from datasette.database import Database, QueryInterrupted
from icalendar import Calendar

from tests.db.pages.addresses import ENTRIES, LISTS
from tests.db.pages.conftest import HOSTILE, Ask
from tests.db.pages.html import find_elements

HARM = [
    *(url for url in LISTS if "sejak" not in url),
    "/terbaru?sejak=2025-10-01",
    "/wilayah/33.03",
    "/kecamatan/33.03.02",
    "/pilar/rppa",
    "/instansi/sosial",
    "/media/warta",
    *(f"/artikel/a{100 + number}" for number in range(len(HOSTILE))),
    *(f"/cari?q={quote(words[:200])}" for words in HOSTILE),
]
DATASETTES = (
    "",
    "/articles",
    "/people",
    "/all_claims",
    "/pilots",
    "/sejak",
    "/percontohan",
    "/articles/a100",
)


QUESTIONS = ("percontohan", "penanggung_jawab", "sejak", "angka_berbeda", "wilayah_senyap")


def check_harmless(html: str, url: str) -> None:
    for tag, attributes in find_elements(html):
        assert tag not in ("iframe", "object", "embed", "base", "img", "style"), (url, tag)
        if attributes.get("type") == "application/ld+json":
            continue  # data, which no browser runs
        assert tag != "script" or (attributes.get("src") or "").startswith(("/assets/", "/en/assets/")), url
        for name, value in attributes.items():
            assert not name.startswith("on"), (url, name)
            assert name != "style", url
            if name in ("href", "src", "action"):
                assert re.match(r"(https?:/)?/|[#?]", value or ""), (url, value)


@pytest.mark.parametrize("name", ["hostile", "harm"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_hostile_words_are_text_on_every_page(ask: Ask, name: str, prefix: str) -> None:
    urls = [*HARM, *(f"/{name}{rest}" for rest in DATASETTES)]
    for url, response in zip(urls, ask(name, *(prefix + url for url in urls)), strict=True):
        assert response.status_code == 200, url
        check_harmless(response.text, url)
        assert "49{% raw" not in response.text


def test_pages_need_nothing_that_the_policy_must_allow(ask: Ask) -> None:
    urls = [
        *LISTS, *ENTRIES, "/public", "/public/pilots", "/public/sejak", "/public?sql=select+1",
        "/public/articles/a8", "/public/all_claims?_facet=outlet", "/unduh/pilots.csv",
        "/umpan/terbaru.atom", "/tidak-ada",
    ]  # fmt: skip
    for url, response in zip(urls, ask("public", *urls), strict=True):
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        if response.headers["content-type"].startswith("text/html"):
            check_harmless(response.text, url)


def test_feeds_carry_hostile_words_as_text(ask: Ask) -> None:
    for url in ("/umpan/terbaru.atom", "/umpan/wilayah/33.03.atom", "/umpan/pilar/rppa.atom"):
        root = ElementTree.fromstring(ask("harm", url).content)
        name = "{http://www.w3.org/2005/Atom}"
        entries = root.findall(f"{name}entry")
        assert len(entries) > 5
        assert {child.tag.removeprefix(name) for child in root.iter()} <= {
            "feed", "title", "id", "updated", "link", "entry", "author", "name", "content",
        }  # fmt: skip
        ids = [entry.findtext(f"{name}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        assert all(content.get("type") == "text" for content in root.iter(f"{name}content"))
        assert "<script>alert(1)</script>" in "".join(
            content.text or "" for content in root.iter(f"{name}content")
        )


def test_feed_says_what_is_new(ask: Ask) -> None:
    feed = ask("public", "/umpan/wilayah/33.03.atom").text
    assert "Percontohan pertama di kabupaten/kotanya: Bukateja, Kabupaten Purbalingga" in feed
    assert "Percontohan baru disebut: Karangreja" in feed
    assert "http://localhost/klaim/" in feed
    assert "First pilot in its regency: Bukateja" in ask("public", "/en/umpan/wilayah/33.03.atom").text


def test_calendar_holds_each_dated_event_once(ask: Ask) -> None:
    [event] = Calendar.from_ical(ask("public", "/kalender.ics").text).walk("VEVENT")
    assert event["dtstart"].dt.isoformat() == "2025-10-30"
    assert str(event["summary"]) == "pencanangan: Kabupaten Purbalingga"
    hostile = ask("harm", "/kalender.ics")
    events = Calendar.from_ical(hostile.text).walk("VEVENT")
    assert len(events) == len(HOSTILE)
    assert max(len(line) for line in hostile.content.splitlines()) <= 75


@pytest.mark.parametrize("url", ["/", "/wilayah", "/unduh/pilots.csv", "/umpan/terbaru.atom", "/en/cari?q=x"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_for_reading(ask: Ask, url: str, method: str, files: dict[str, Path]) -> None:
    before = files["pantau"].read_bytes()
    assert ask("pantau", url, method=method).status_code == 405
    assert files["pantau"].read_bytes() == before


def test_head_is_answered(ask: Ask) -> None:
    assert ask("public", "/wilayah", method="HEAD").status_code == 200


def test_sql_of_visitors_has_limits(ask: Ask) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT {} FROM n"
    start = time.monotonic()
    stopped = ask("public", f"/public?sql={quote(endless.format('count(*)'))}")
    assert time.monotonic() - start < 10
    assert stopped.status_code == 400
    assert "terlalu lama" in stopped.text
    check_harmless(stopped.text, "what took too long")
    cut = ask("public", f"/public?sql={quote(endless.format('x'))}")
    assert cut.status_code == 200
    assert "lebih dari 300 baris" in cut.text
    assert "terpotong" in cut.text


def test_questions_answer_in_both_languages_with_and_without_data(ask: Ask) -> None:
    for name in ("public", "void", "pantau", "empty"):
        urls = [f"{prefix}/{name}/{question}" for prefix in ("", "/en") for question in QUESTIONS]
        assert len(urls) >= 10
        for url, response in zip(urls, ask(name, *urls), strict=True):
            assert response.status_code == 200, url
            assert f'<html lang="{"en" if url.startswith("/en/") else "id"}">' in response.text


def test_a_page_that_takes_too_long_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupt(self: Database, *args: object, **values: object) -> None:
        raise QueryInterrupted(sqlite3.OperationalError("interrupted"), "SELECT 1", {})

    ask("public", "/")
    monkeypatch.setattr(Database, "execute", interrupt)
    for url in ("/wilayah/33.03", "/umpan/terbaru.atom"):
        page = ask("public", url)
        assert page.status_code == 503
        assert "terlalu lama" in page.text
        check_harmless(page.text, url)
