"""Articles whose further pages did not come: kept as far as they go, asked for again."""

from __future__ import annotations

from datetime import datetime

import pytest

from crawler.archive.warc_records import scan_records
from crawler.outlet.load import Outlet
from crawler.page.article import is_further_page
from db.records import WIB, Article
from pipelines.crawl.items import check_article
from pipelines.crawl.reparse import run_reparse
from pipelines.crawl.seen import MOST_VISITS
from tests.crawler.conftest import Answer, Newsroom, Site, article_html
from tests.pipelines.invented import make_article

PATH = "/berita/1/judul-nomor-1"
PAGING = "<div class='halaman'>Halaman 1/3</div>"
TEXTS = [
    f"Bagian ke-{number} tentang Kecamatan Berdaya, yang ditulis cukup panjang agar layak dibaca orang "
    "di warung kopi pada pagi hari, sebelum pasar desa menjadi ramai oleh pembeli dari kampung sebelah."
    for number in range(1, 4)
]
DOWN = Answer("rusak", 500)


@pytest.fixture
def paged(site: Site, newsroom: Newsroom) -> Site:
    """An article on three pages, of which the last does not come."""
    newsroom.describe(site)
    site.list(1)
    for number, text in enumerate(TEXTS, start=1):
        query = "" if number == 1 else f"?page={number}"
        site.answers[PATH + query] = Answer(article_html(1, text, extra=PAGING))
    site.answers[f"{PATH}?page=3"] = DOWN
    return site


def read_one(newsroom: Newsroom) -> Article:
    (article,) = newsroom.store.articles()
    return article


def test_the_next_crawl_asks_again_and_has_it_all(paged: Site, newsroom: Newsroom) -> None:
    assert newsroom.crawl().counts == {"stored": 1}
    first = read_one(newsroom)
    assert (first.text.split("\n\n"), first.missing_pages) == (TEXTS[:2], 1)
    paged.answers[f"{PATH}?page=3"] = Answer(article_html(1, TEXTS[2], extra=PAGING))
    assert newsroom.crawl().counts == {"changed": 1}
    article = read_one(newsroom)
    assert (article.text.split("\n\n"), article.missing_pages) == (TEXTS, 0)
    paged.asked.clear()
    assert newsroom.crawl().counts == {"seen": 1}
    assert not any(path.startswith(PATH) for path in paged.paths())


def test_what_the_list_no_longer_offers_is_asked_for_too(paged: Site, newsroom: Newsroom) -> None:
    newsroom.crawl()
    paged.answers[f"{PATH}?page=3"] = Answer(article_html(1, TEXTS[2], extra=PAGING))
    today = datetime.now(WIB).date()
    assert newsroom.crawl(since=today, until=today).counts == {"changed": 1}
    assert read_one(newsroom).missing_pages == 0


def test_a_page_that_never_comes_is_not_asked_for_for_ever(paged: Site, newsroom: Newsroom) -> None:
    for _ in range(MOST_VISITS + 2):
        newsroom.crawl()
    assert paged.paths().count(PATH) == MOST_VISITS


def test_a_visit_that_lacks_pages_shortens_nothing(paged: Site, newsroom: Newsroom) -> None:
    paged.answers[f"{PATH}?page=3"] = Answer(article_html(1, TEXTS[2], extra=PAGING))
    assert newsroom.crawl().counts == {"stored": 1}
    whole = read_one(newsroom)
    paged.answers[f"{PATH}?page=2"] = paged.answers[f"{PATH}?page=3"] = DOWN
    again = {"PANTAU_REVISIT_HOURS": 0, "PANTAU_REVISIT_DAYS": 10_000}
    assert newsroom.crawl(settings=again).counts == {"unchanged": 1}
    assert read_one(newsroom) == whole


def test_what_only_the_missing_page_may_tell_is_not_judged(paged: Site, newsroom: Newsroom) -> None:
    for query in ("", "?page=2"):
        paged.answers[PATH + query] = Answer(
            article_html(1, f"Pasar desa ramai oleh pembeli sejak pagi hari {query}. " * 5, extra=PAGING)
        )
    assert newsroom.crawl().counts == {"network-error": 1}
    paged.answers[f"{PATH}?page=3"] = Answer(article_html(1, TEXTS[2], extra=PAGING))
    assert newsroom.crawl().counts == {"stored": 1}


def test_whether_it_is_kept_is_told_from_what_came() -> None:
    lacking = make_article(missing_pages=1)
    assert check_article(lacking, topic=lambda _: True) is None
    assert check_article(lacking, topic=lambda _: False) == "network-error"
    assert check_article(make_article(), topic=lambda _: False) == "off-topic"
    assert check_article(make_article(), topic=lambda _: True, min_characters=10**6) == "too-short"


@pytest.mark.parametrize("kept", [0, 1, 2], ids=["no page", "the first", "two"])
def test_reparse_of_an_archive_that_lacks_pages_shortens_nothing(
    kept: int, paged: Site, newsroom: Newsroom
) -> None:
    paged.answers[f"{PATH}?page=3"] = Answer(article_html(1, TEXTS[2], extra=PAGING))
    newsroom.crawl()
    whole = read_one(newsroom)
    (warc,) = (newsroom.folder / "warc").glob("*.warc.gz")
    data = warc.read_bytes()
    starts = [r.offset for r in scan_records(warc, []) if r.kind == "response" and is_page(r.url)]
    assert len(starts) == 3
    warc.write_bytes(data[: starts[kept] + 40])  # cut inside of the next page's record
    scope = newsroom.scope(since=None, until=None)
    reports, damages = run_reparse(newsroom.store, scope, topic=lambda _: True)
    assert len(damages) == 1
    assert read_one(newsroom) == whole
    assert sum(report.counts.get("changed", 0) for report in reports) == 0


def is_page(url: str) -> bool:
    return url.endswith((PATH, "?page=2", "?page=3"))


def test_a_later_page_is_known_by_its_address(plain_outlet: Outlet) -> None:
    first = "https://kabaruji.example/berita/7/judul"
    assert is_further_page(f"{first}?page=2", plain_outlet)
    others = (first, f"{first}?page=all", f"{first}?page=1")
    assert not any(is_further_page(url, plain_outlet) for url in others)
