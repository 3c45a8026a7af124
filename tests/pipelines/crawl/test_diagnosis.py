"""What tells an operator that an outlet goes quietly blind."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.outlet.load import Outlet, OutletError, load_outlet
from crawler.page.agreement import compare_bodies
from db.records import WIB, CrawlReport
from pipelines.cli import main
from pipelines.crawl.diagnosis import CrawlFacts, check_crawl
from pipelines.crawl.problems import read_crawl_problem
from tests.crawler.conftest import OUTLET, Answer, Newsroom, Site, article_html, make_page

NOW = datetime.now(WIB)
GOOD = {
    "read": 20.0,
    "offered": 20.0,
    "filled/authors": 0.95,
    "filled/editor": 0.1,
    "agreement/json-ld": 0.97,
}
TEXT = (
    "Perangkat desa, kader, dan warga bergantian bercerita tentang jalan rusak dan harga pupuk di balai desa."
)


def past(days: int, **more: Any) -> CrawlReport:
    at = NOW - timedelta(days=days)
    given: dict[str, Any] = {
        "counts": {"off-topic": 20},
        "measures": GOOD,
        "finish_reason": "finished",
        "started_at": at,
        "finished_at": at,
    } | more
    return CrawlReport(id=f"r{days}/x", run=f"r{days}", outlet="x", **given)


def problems(previous: list[CrawlReport], **more: Any) -> list[str]:
    from crawler.outlet.load import Expect

    given: dict[str, Any] = {"counts": {"off-topic": 20}, "found": 20, "days": 3} | more
    found = check_crawl(CrawlFacts(**given), Expect(), previous)
    assert not [line for line in found if read_crawl_problem("x", line).kind == "other"]
    return found


RESORT = (
    "selectors found no body on 90% of 20 pages, where the generic extractor had to answer; layout changed?"
)
NONSENSE = (
    "search offers 2 articles for a word that no text holds, so it lists what was not asked for; "
    "narrow 'item' or 'drop' of its [[find]]"
)
PAST = [past(n) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("measures", "wanted"),
    [
        (GOOD, []),
        (
            GOOD | {"filled/authors": 0.1},
            ["authors found on 10% of 20 pages, 95% are usual; layout changed?"],
        ),
        (GOOD | {"filled/editor": 0.0}, []),  # never was often there
        (GOOD | {"filled/authors": 0.1, "read": 3.0}, []),  # too few pages to tell
        (
            GOOD | {"agreement/json-ld": 0.3},
            ["selectors' body agrees with JSON-LD to 30%, 97% are usual; layout changed?"],
        ),
        (
            GOOD | {"body/trafilatura": 0.9},
            [RESORT],
        ),
        (
            GOOD | {"body/generic": 0.6, "body/trafilatura": 0.2, "body/json-ld": 0.1},
            [RESORT],
        ),
    ],
)
def test_a_crawl_is_held_against_its_outlets_past(measures: dict[str, float], wanted: list[str]) -> None:
    assert problems(PAST, measures=measures) == wanted
    assert problems(PAST[:2], measures=measures) == []  # nothing is usual yet


def test_reasons_that_rise() -> None:
    counts = {"premium": 6, "off-topic": 14}
    assert problems(PAST, counts=counts) == [
        "only a teaser was served on 6 of 20 pages, 0% are usual; layout changed?"
    ]
    usual = [past(n, counts=counts) for n in range(1, 5)]
    assert problems(usual, counts=counts) == []
    # What has a bound of its own is told once.
    assert problems(PAST, counts={"no-body": 14, "stored": 1}) == [
        "body empty on 14 of 15 pages; layout changed?"
    ]


def test_since_when_does_not_depend_on_the_figures() -> None:
    told = "authors found on 12% of 40 pages, 95% are usual; layout changed?"
    yesterday = past(1, problems=(told,), measures=GOOD | {"filled/authors": 0.12})
    day = (NOW - timedelta(days=1)).date()
    assert problems([yesterday, *PAST[1:]], measures=GOOD | {"filled/authors": 0.1}) == [
        f"authors found on 10% of 20 pages, 95% are usual since {day}; layout changed?"
    ]


def test_bodies_that_agree_and_that_do_not(plain_outlet: Outlet) -> None:
    body = " ".join([TEXT] * 4)
    node = json.dumps({"@type": "NewsArticle", "headline": "Judul nomor 7", "articleBody": body})
    stated = f'<script type="application/ld+json">{node}</script>'
    page = make_page(article_html(7, body, extra=stated))
    found = compare_bodies(page, plain_outlet)
    assert found["json-ld"] == pytest.approx(1.0)
    assert found["trafilatura"] > 0.8
    # The layout now finds a box beside the text.
    moved = page.html.replace("class='isi'", "class='baru'").replace(
        "</body>", f"<div class='isi'><p>{'Langganan kabar singkat lewat surat. ' * 8}</p></div></body>"
    )
    assert compare_bodies(make_page(moved), plain_outlet)["json-ld"] < 0.3
    assert compare_bodies(make_page("bukan halaman"), plain_outlet) == {}


def test_a_layout_that_loses_its_authors_is_told(
    site: Site, live_newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    live_newsroom.describe(site)
    for crawl in range(5):
        numbers = range(crawl * 10 + 1, crawl * 10 + 8)
        site.list(*numbers)
        for number in numbers:
            page = article_html(number)
            if crawl == 4:
                page = page.replace("penulis", "oleh").replace("Penulis: Wiji Astuti", "")

            site.answers[site.write(number)] = Answer(page)
        report = live_newsroom.crawl()
        assert report.measures["read"] == 7
        assert report.measures["filled/authors"] == (0 if crawl == 4 else 1)
        assert bool(report.problems) is (crawl == 4)
    assert report.problems == ("authors found on 0% of 7 pages, 100% are usual; layout changed?",)
    assert main(["status", "--db", str(live_newsroom.store.path)]) == 1
    out = capsys.readouterr().out
    assert "! kabar_uji: authors found on 0% of 7 pages, 100% are usual; layout changed?" in out
    (row,) = live_newsroom.store._all(
        "SELECT value, usual FROM crawl_measures WHERE measure = 'filled/authors' ORDER BY crawl DESC LIMIT 1"
    )
    assert tuple(row) == (0.0, 1.0)


SEARCH = """
[[find]]
kind = "search"
url = "{home}/cari?q={query}"

[article]"""


def with_search(site: Site, live_newsroom: Newsroom, more: str = "") -> None:
    live_newsroom.describe(site, more=more)
    file = live_newsroom.folder / "outlets" / "kabar_uji.toml"
    file.write_text(file.read_text("utf-8").replace("[article]", SEARCH, 1), "utf-8")
    site.list(1)
    site.write(1)
    site.answers["/cari?q=kecamatan+berdaya"] = Answer('<a href="/berita/1/judul-nomor-1">Judul</a>')


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (Answer("<p>Tidak ada hasil.</p>"), ()),
        (Answer("tidak ada", 404), ()),
        (
            Answer('<a href="/berita/8/x">Terpopuler</a><a href="/berita/9/y">Terpopuler</a>'),
            (NONSENSE,),
        ),
    ],
)
def test_nonsense_must_find_nothing(
    site: Site, live_newsroom: Newsroom, answer: Answer, wanted: tuple[str, ...]
) -> None:
    with_search(site, live_newsroom)
    site.answers["/cari?q=qzvxkwj+pfxqzt"] = answer
    report = live_newsroom.crawl()
    assert report.problems == wanted
    assert report.counts == {"stored": 1}  # what it lists is not fetched
    assert "/cari?q=qzvxkwj+pfxqzt" in site.paths()


def test_what_must_be_found_and_is_not(site: Site, live_newsroom: Newsroom) -> None:
    live_newsroom.describe(site)
    file = live_newsroom.folder / "outlets" / "kabar_uji.toml"
    lines = [f"2025-12-10 {site.home}/berita/{n}/judul-nomor-{n}" for n in (1, 2)]
    lines.append(f"2025-11-01 {site.home}/berita/3/judul-nomor-3")  # of a day that is not asked for
    file.write_text(file.read_text("utf-8") + f"[expect]\nmust_find = {lines}\n", "utf-8")
    site.list(1)
    site.write(1)
    problem = f"must-find article {site.home}/berita/2/judul-nomor-2 was not offered; a way of finding broke?"
    assert live_newsroom.crawl().problems == (problem,)
    site.list(1, 2)
    site.write(2)
    assert live_newsroom.crawl().problems == ()
    site.list()  # stored already: nothing is missing
    assert not any("must-find" in p for p in live_newsroom.crawl().problems)


@pytest.mark.parametrize(
    "line", ["https://a.example/1", "kemarin https://a.example/1", "2025-12-10 a.example"]
)
def test_a_must_find_line_that_says_no_day_or_address(tmp_path: Path, line: str) -> None:
    path = tmp_path / "kabar_uji.toml"
    path.write_text(
        OUTLET.format(home="https://kabaruji.example", more=f"[expect]\nmust_find = ['{line}']"), "utf-8"
    )
    with pytest.raises(OutletError, match=r"\[expect\]: must_find = .* must be a day and an address"):
        load_outlet(path)


def test_the_courtesy_ledger(site: Site, live_newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    live_newsroom.describe(site)
    site.list(1, 2, 3, 4)
    site.write(1)
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita/2/\nCrawl-delay: 0.2\n")
    site.answers[site.write(3)] = Answer("tidak boleh", 403)
    site.answers[site.write(4)] = Answer("nanti", 429, {"Retry-After": "0"})
    live_newsroom.crawl()
    (row,) = live_newsroom.store._all("SELECT * FROM courtesy_days")
    day = dict(row)
    assert day["host"] == site.home.removeprefix("http://")
    assert day["day"] == NOW.date().isoformat()
    assert day["requests"] == len(site.asked) == 5
    assert day["bytes"] > 500
    assert day["shortest_delay"] == 0.2
    assert (day["kept_back"], day["status_403"], day["status_429"]) == (1, 1, 1)

    assert main(["status", "--courtesy", "--db", str(live_newsroom.store.path)]) == 0
    line = capsys.readouterr().out.splitlines()[-1].split()
    assert line[:3] == [day["day"], day["host"], "5"]
    assert line[4:] == ["0.2", "1", "0", "1", "1", "0", "0"]
    assert main(["status", "--courtesy", "--json", "--db", str(live_newsroom.store.path)]) == 0
    assert json.loads(capsys.readouterr().out)["days"] == [day]

    (file,) = (live_newsroom.folder / "warc").glob("*.warc.gz")
    site.close()
    live_newsroom.crawl(replay=(file,))
    (again,) = live_newsroom.store._all("SELECT * FROM courtesy_days")
    assert dict(again)["requests"] == 5  # a replay asks nobody


def test_each_fact_that_changed_is_told_by_itself() -> None:
    usual = GOOD | {
        "from/title/json-ld": 1.0,
        "from/published_at/json-ld": 0.95,
        "from/authors/selector": 0.9,
    }
    before = [past(days, measures=usual) for days in (2, 3, 4)]
    now = GOOD | {
        "from/title/meta": 1.0,
        "from/published_at/generic": 0.7,
        "from/published_at/json-ld": 0.3,
        "from/authors/selector": 0.85,
    }
    was, now_is = (
        "published_at came from JSON-LD on 95% of pages",
        "now on 30% of 20 (now the generic reader)",
    )
    lines = [
        f"{was}, {now_is}; layout changed?",
        "title came from JSON-LD on 100% of pages, now on 0% of 20 (now meta tags); layout changed?",
    ]
    assert problems(before, measures=now) == lines
    assert [read_crawl_problem("x", line).id for line in lines] == [
        "x/fact-changed/published_at",
        "x/fact-changed/title",
    ]
    # The next day says since when; a crawl of another release, which traced nothing, is no change.
    yesterday = past(1, problems=tuple(lines), measures=now)
    day = yesterday.started_at.date()
    assert problems([yesterday, *before], measures=now)[0] == lines[0].replace(
        "; layout", f" since {day}; layout"
    )
    assert problems([past(days) for days in (2, 3, 4)], measures=now) == []
    # A field that is gone is told as lost, and not twice.
    gone = GOOD | {"from/authors/none": 1.0, "from/title/json-ld": 1.0, "from/published_at/json-ld": 1.0}
    assert problems(before, measures=gone) == []


def test_an_article_of_a_layout_that_fits_no_longer_is_kept_and_marked(
    site: Site, live_newsroom: Newsroom
) -> None:
    live_newsroom.describe(site)
    text = tuple(f"{TEXT} Kecamatan Berdaya dibahas lagi pada rapat ke-{n} bulan ini." for n in range(6))
    site.list(*range(1, 7))
    for number in range(1, 7):
        site.write(number, *text)
    live_newsroom.crawl()
    before = {a.url: a for a in live_newsroom.store.articles()}
    assert {a.answered["text"] for a in before.values()} == {"selector"}
    site.list(*range(11, 17))
    for number in range(11, 17):
        path = site.write(number, *text)
        page = article_html(number, *text).replace("class='isi'", "class='baru'")
        site.answers[path] = Answer(page.replace("class='penulis'", "class='nama'"))
    live_newsroom.crawl()
    after = [a for a in live_newsroom.store.articles() if a.url not in before]
    assert len(after) == 6
    for article in after:
        assert article.text.split("\n\n") == list(text)
        assert article.answered["text"] == article.answered["title"] == "generic"
        assert article.answered["published_at"] == article.answered["authors"] == "generic"
