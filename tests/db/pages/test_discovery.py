"""What machines read of the site."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

from db.describe import SITE
from db.pages.parts.language import language, say
from tests.db.pages.conftest import Ask

_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_every_address_of_the_sitemap_answers(ask: Ask) -> None:
    root = ElementTree.fromstring(ask("public", "/sitemap.xml").content)
    paths = [urlsplit(str(place.text)).path for place in root.iter(_LOC)]
    assert {"/", "/wilayah/33.03", "/kecamatan/33.03.02", "/orang/tirta-laras", "/berita/a1"} <= set(paths)
    answers = dict(zip(paths, ask("public", *paths), strict=True))
    assert [path for path, page in answers.items() if page.status_code != 200] == []


def test_a_published_site_is_for_search_engines_and_a_working_one_is_not(ask: Ask) -> None:
    public = ask("public", "/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in public
    assert "Disallow: /cari" in public
    assert ask("pantau", "/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_data_set_is_described_for_machines(ask: Ask) -> None:
    for prefix in ("", "/en"):
        page = ask("public", f"{prefix}/").text
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert found
        described = json.loads(found[1])
        assert described["@type"] == "Dataset"
        for distribution in described["distribution"]:
            assert ask("public", urlsplit(distribution["contentUrl"]).path).status_code == 200


def test_a_page_has_one_address_a_picture_and_an_icon(ask: Ask) -> None:
    page = ask("public", "/en/wilayah/33.03?x=1").text
    assert '<link rel="canonical" href="http://localhost/en/wilayah/33.03">' in page
    assert '<meta property="og:title" content="Kabupaten Purbalingga">' in page
    assert ask("public", "/assets/card.png").headers["content-type"] == "image/png"
    assert (SITE / "static" / "card.png").stat().st_size < 60_000
    assert ask("public", "/favicon.ico").headers["content-type"].startswith("image/svg+xml")


def test_english_says_one_story() -> None:
    before = language.get()
    language.set("en")
    try:
        assert say("matrix.count", n=1) == "1 story"
        assert say("matrix.count", n=2) == "2 stories"
    finally:
        language.set(before)
    assert say("matrix.count", n=1) == "1 berita"


def test_what_is_quoted_is_indonesian_on_english_pages(ask: Ask) -> None:
    page = ask("public", "/en/kecamatan/33.03.02").text
    assert page.count("<blockquote") == page.count('<blockquote dir="auto" lang="id"') > 0
