"""Who wrote an article and who edited it, where the sources of a page differ."""

from __future__ import annotations

import json

import pytest

from crawler.outlet.load import Outlet
from tests.crawler.page.test_article import BYLINE, LONG, ld_script, read, with_head


@pytest.mark.parametrize("stated", ["Dari JSON", "Vita Lestari"])
@pytest.mark.parametrize(
    "byline",
    [
        "<span class='penulis'>Wiji Astuti</span>",
        "<span class='penulis'>Penulis: Wiji Astuti | Editor: Vita Lestari</span>",
        "<div class='byline'>Penulis: Wiji Astuti Editor: Vita Lestari</div>",
        "<div class='post-author'>Oleh: Wiji Astuti</div>",
    ],
)
def test_the_byline_that_readers_see_wins(plain_outlet: Outlet, stated: str, byline: str) -> None:
    """A page whose JSON-LD and meta tags name the editor, or whoever put the article in, as its author."""
    head = ld_script(headline="Judul", author={"name": stated}) + f'<meta name="author" content="{stated}">'
    article = read(plain_outlet, with_head(7, head).replace(BYLINE, byline))
    assert article.authors == ("Wiji Astuti",)
    assert article.editor in ("", "Vita Lestari")
    assert article.answered["authors"] == "selector"


def test_a_byline_below_the_text_wins_too(plain_outlet: Outlet) -> None:
    head = ld_script(headline="Judul", author={"name": "Vita Lestari"}, editor={"name": "Dari JSON"})
    html = with_head(7, head, LONG, "Pewarta: Wiji Astuti", "Editor: Vita Lestari").replace(BYLINE, "")
    article = read(plain_outlet, html)
    assert (article.authors, article.editor) == (("Wiji Astuti",), "Vita Lestari")


@pytest.mark.parametrize(
    ("signed", "wanted"),
    [
        ("", (("Vita Lestari",), "")),
        ("<p>Editor: Vita Lestari</p>", ((), "Vita Lestari")),
        ("<p>Penulis: Wiji Astuti</p><p>Editor: Vita Lestari</p>", (("Wiji Astuti",), "Vita Lestari")),
    ],
)
def test_the_account_of_a_post_is_its_author_where_nothing_is_signed(
    plain_outlet: Outlet, signed: str, wanted: tuple[tuple[str, ...], str]
) -> None:
    post = {
        "link": "https://kabaruji.example/berita/7/judul",
        "date_gmt": "2025-12-10T02:30:00",
        "title": {"rendered": "Judul"},
        "content": {"rendered": f"<p>{LONG}</p>{signed}"},
        "_embedded": {"author": [{"name": "Vita Lestari"}]},
    }
    article = read(plain_outlet, json.dumps(post))
    assert (article.authors, article.editor) == wanted


def test_an_editor_is_no_author_where_nobody_else_is_named(plain_outlet: Outlet) -> None:
    head = ld_script(headline="Judul", author={"name": "Vita Lestari"})
    article = read(plain_outlet, with_head(7, head, LONG, "Editor: Vita Lestari").replace(BYLINE, ""))
    assert (article.authors, article.editor) == ((), "Vita Lestari")


def test_a_name_that_is_printed_shorter_is_the_same(plain_outlet: Outlet) -> None:
    head = ld_script(headline="Judul", author=[{"name": "Rr. Wiji Astuti, S.Sos."}, {"name": "Budi Laksono"}])
    article = read(plain_outlet, with_head(7, head))
    assert article.authors == ("Rr. Wiji Astuti, S.Sos.", "Budi Laksono")
    assert article.answered["authors"] == "json-ld"


def test_a_desk_that_marks_its_byline_up_otherwise(plain_outlet: Outlet) -> None:
    """The text stands where the family's file says, the name does not: subdomains of a family differ."""
    html = with_head(7, "").replace(BYLINE, "@")
    assert "@" in html
    for byline in ("<div class='kolom-reporter'>Wiji Astuti</div>", "<p>Oleh Wiji Astuti</p>"):
        article = read(plain_outlet, html.replace("@", byline))
        assert article.authors == ("Wiji Astuti",)
        assert (article.answered["text"], article.answered["authors"]) == ("selector", "generic")
    assert (
        read(plain_outlet, html.replace("@", "<div class='kolom-reporter'>Tim Redaksi</div>")).authors == ()
    )
