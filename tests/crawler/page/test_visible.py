"""Each line of an article is a line that its page shows: whole, without a word left out of its middle."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from crawler.outlet.load import Outlet
from crawler.page.article import read_article
from crawler.page.blocks import fragment_body
from db.records import Article
from tests.crawler.conftest import article_html, make_page
from tests.crawler.page.test_recorded import _load, _name, expectations, outlets, read
from tests.fuzz.visible import fold, lines_not_shown, shown_by

NOISY = (
    "inner-link-tag", "st_tag internal_tag", "tag", "share", "social-link", "ads", "iklan",
    "baca-juga", "read__others", "related", "caption", "promo", "banner", "sr-only", "comment",
    "vicon", "byline", "summary-article", "toc", "editor",
)  # fmt: skip
INLINE = (
    "a href='/tag/x'", "span", "strong", "em", "b", "i", "u", "mark", "font", "small", "ins",
    "abbr", "cite", "q",
)  # fmt: skip
SENTENCE = "Camat Kejobong menyerahkan bantuan itu kepada 12 warga di pendopo, kata Sekretaris Kecamatan."


@pytest.mark.parametrize("path", expectations("article"), ids=_name)
def test_of_a_recorded_page(path: Path) -> None:
    spec = _load(path)["page"]
    files = [spec.get("file", f"{path.stem}.html"), *(p["file"] for p in spec.get("parts", ()))]
    shown = shown_by(*((path.parent / file).read_text("utf-8") for file in files))
    assert lines_not_shown(read(path), shown) == []


@pytest.mark.parametrize("tag", INLINE)
@pytest.mark.parametrize("name", NOISY)
def test_a_word_in_a_sentence_stays_whatever_it_is_called(plain_outlet: Outlet, name: str, tag: str) -> None:
    marked = f"<{tag} class='{name}' id='{name}'>Kecamatan Bukateja</{tag.split()[0]}>"
    sentence = "Bupati menetapkan {} dan Kejobong sebagai kecamatan percontohan di kabupaten itu."
    article = read_article(make_page(article_html(7, sentence.format(marked))), plain_outlet)
    assert isinstance(article, Article)
    assert article.text == sentence.format("Kecamatan Bukateja")


def test_nor_does_what_a_layout_drops_cut_a_sentence() -> None:
    """Every class and id that an outlet's file names, around a word, an item's text and a cell's."""
    layouts = {layout.name: layout for outlet in outlets().values() for layout in outlet.layouts}
    names = [
        (layout, name) for layout in layouts.values() for name in (*layout.drop.classes, *layout.drop.ids)
    ]
    assert len(names) > 50
    for layout, name in names:
        html = (
            f"<p>Bupati menetapkan <a class='{name}' id='{name}'>Bukateja</a> dan Kejobong.</p>"
            f"<ul><li><a class='{name}'>Kemangkon</a></li></ul>"
            f"<table><tr><td>1</td><td class='{name}'>Mrebet</td></tr></table>"
        )
        wanted = ("Bupati menetapkan Bukateja dan Kejobong.", "- Kemangkon", "1 | Mrebet")
        assert fragment_body([html], layout).blocks == wanted, (layout.name, name)


def test_a_block_with_the_name_of_noise_goes_and_parts_what_stands_around_it(plain_outlet: Outlet) -> None:
    html = "Kalimat satu.<div class='share'>Bagikan ke teman</div>Kalimat dua.<nav>Menu</nav>Kalimat tiga."
    assert fragment_body([html], plain_outlet.generic).blocks == (
        "Kalimat satu.", "Kalimat dua.", "Kalimat tiga.",
    )  # fmt: skip


@pytest.mark.parametrize("depth", [10, 140, 200])
def test_however_deep_it_stands(plain_outlet: Outlet, depth: int) -> None:
    html = (
        "<div>" * depth
        + "<p>Kalimat <b>pertama</b>.</p><iframe>x</iframe><p>Kalimat kedua.</p>"
        + "</div>" * depth
    )
    assert fragment_body([html], plain_outlet.generic).blocks == ("Kalimat pertama.", "Kalimat kedua.")


@pytest.mark.parametrize("start", ["²", "9" * 5000, "-3", "", "tiga"])
def test_a_list_that_begins_with_no_number_begins_with_one(plain_outlet: Outlet, start: str) -> None:
    html = f"<ol start='{start}'><li>Bukateja</li></ol>"
    assert fragment_body([html], plain_outlet.generic).blocks == ("1. Bukateja",)


def test_a_sentence_of_marked_words_stays_whole(plain_outlet: Outlet) -> None:
    """Sentences in which any word may bear any mark, one in another."""
    chance = random.Random(10)
    words = SENTENCE.split()
    for _ in range(200):
        marked = list(words)
        for _ in range(chance.randrange(1, 5)):
            start = chance.randrange(len(words))
            end = chance.randrange(start, len(words))
            tag = chance.choice(INLINE)
            marked[start] = f"<{tag} class='{chance.choice(NOISY)}'>{marked[start]}"
            marked[end] += f"</{tag.split()[0]}>"
        (block,) = fragment_body([f"<p>{' '.join(marked)}</p>"], plain_outlet.generic).blocks
        assert fold(block) == " ".join(words)
