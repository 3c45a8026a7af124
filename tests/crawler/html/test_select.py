"""CSS of outlet files as XPath finds what cssselect's own translation finds, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.cssselect import CSSSelector

from crawler.html.markup import parse_html
from crawler.html.select import Selector, compile_css, compile_selector
from crawler.html.tree import Tree
from crawler.outlet.load import PLATFORMS, load_generic, load_outlets

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/article*.html"))
FIELDS = ("title", "published", "authors", "editor", "section", "tags", "body", "page_count")


def selectors() -> set[str]:
    layouts = [load_generic(PLATFORMS), *(one for o in load_outlets().values() for one in o.layouts)]
    found = {s.source for layout in layouts for f in FIELDS for s in getattr(layout, f)}
    plain = (s.partition("::attr(")[0].partition(">>")[0].strip() for s in found if not s.startswith("re:"))
    return set(plain)


@pytest.mark.parametrize("path", PAGES[::3], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_selector_on_recorded_pages(path: Path) -> None:
    html = path.read_text("utf-8")
    root = parse_html(html)
    assert root is not None
    hits = 0
    for css in sorted(selectors()):
        wanted = CSSSelector(css, translator="html")(root)
        assert compile_selector(css).elements(Tree(root, html)) == wanted, css
        hits += bool(wanted)
    assert hits > 3


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        (".a", ["1", "2", "3", "4"]),
        ("p.a", ["3"]),
        (".a .a", ["2", "3"]),
        ("#x .a", ["2", "3"]),
        ("div#x", ["1"]),
        ("div p", ["3", "5"]),
        (".ab", ["5"]),
        ("#X", []),
        (".a.b", ["2"]),
    ],
)
def test_classes_and_ids(css: str, wanted: list[str]) -> None:
    root = parse_html(
        '<div id="x" class="a" n="1"><i class=" b\ta " n="2"><p class="a" n="3"></p></i>'
        '<p class="ab" n="5"></p></div><b class="a" n="4"></b>'
    )
    assert root is not None
    assert [e.get("n") for e in compile_css(css)(root)] == wanted


def test_a_selector_needs_what_it_names() -> None:
    selector: Selector = compile_selector(".isi [data-role=teks]")
    assert selector.needles == ("isi", "teks")
