"""No text or page takes long because of its shape: patterns, the bounds of a page, readers."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import crawler
from crawler.find.discover import DiscoverError, find_article_urls
from crawler.html.bounds import MAX_ATTRIBUTES, MAX_CHARACTERS, MAX_TAGS, TooLargeError, check_bounds
from crawler.html.jsonld import MAX_SIZE, load_jsonld
from crawler.html.markup import parse_html, strip_tags, tidy
from crawler.html.words import load_words
from crawler.outlet.load import Outlet, load_outlets
from crawler.outlet.quirks import QUIRKS
from crawler.page import article, body, byline, clean, headline
from crawler.page.article import read_article
from crawler.page.wpjson import plain
from db.records import Article, Refusal
from tests.crawler.conftest import article_html, make_page
from tests.fuzz.frame import OvertimeError, limit

#: Characters of a hostile text, at first and where a pattern takes longer than SLOW seconds for these.
SHORT, LONG = 4_000, 40_000
SLOW = 0.002
#: Seconds of processor time for the longer text, and how many times those of the shorter one it may take at
#: most: a linear pattern takes 10 times as long, a quadratic one 100 times, whatever the machine.
BUDGET, GROWTH = 0.7, 30.0
END = "\x01"  # lets a pattern fail that has run to the end


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern of the crawler, of its words, and of every outlet's file."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(crawler.__path__, "crawler."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = value
    found |= _patterns_of("words", load_words())
    for outlet in load_outlets().values():
        found |= _patterns_of(outlet.slug, outlet)
    unique = {(p.pattern, p.flags): name for name, p in reversed(found.items())}
    return {name: found[name] for name in unique.values()}


def _patterns_of(name: str, value: Any) -> dict[str, re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        return {name: value}
    if is_dataclass(value):
        return {
            k: v
            for f in fields(value)
            for k, v in _patterns_of(f"{name}.{f.name}", getattr(value, f.name)).items()
        }
    if isinstance(value, tuple):
        return {k: v for n, item in enumerate(value) for k, v in _patterns_of(f"{name}.{n}", item).items()}
    return {}


def shapes(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts that a pattern of backtracking would be long with: what it begins with, again and again."""
    pieces = {
        " ",
        "a",
        "A",
        "1",
        "<",
        ">",
        "-",
        ".",
        ",",
        '"',
        "(",
        "/",
        "=",
        "a ",
        "A a ",
        "1.",
        "a.",
        "<a ",
        "- ",
    }
    for begins in _beginnings(parser.parse(pattern.pattern, pattern.flags)):
        pieces |= {begins, f"{begins} ", f" {begins}", f"{begins}a", f"{begins}1"}
        yield from (begins + filler * LONG for filler in (" ", "a", "1", ".", "A a ", "\\"))
    for piece in pieces:
        yield piece * (LONG // len(piece))
        yield "x" + piece * (LONG // len(piece)) + "\n"


def _beginnings(parsed: Any) -> set[str]:
    """The literal texts with which the alternatives of a pattern begin; some for each."""
    begun = {""}
    for code, argument in parsed:
        if code is codes.LITERAL:
            begun = {b + chr(argument) for b in begun}
        elif code is codes.IN:
            first = next((chr(a) for c, a in argument if c is codes.LITERAL), "a")
            begun = {b + first for b in begun}
        elif code is codes.SUBPATTERN:
            begun = {b + more for b in begun for more in list(_beginnings(argument[-1]))[:40]}
        elif code is codes.BRANCH:
            begun = {
                b + more for b in begun for option in argument[1] for more in list(_beginnings(option))[:6]
            }
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            if argument[0]:
                begun = {b + more for b in begun for more in list(_beginnings(argument[2]))[:6]}
        elif code is not codes.AT:
            break
        if max(map(len, begun), default=99) > 24:
            break
    return set(sorted(begun)[:60]) - {""}


#: Patterns that backtrack, and the characters that they are given at most.
BOUNDED = {
    "words.markup_noise": clean.LONGEST_NAME,
    "words.gallery_place": article.LONGEST_PLACE,
    "words.noise": clean.LONGEST_NOISE,
    "words.tail": body.LONGEST_SIGNATURE,
    "words.author_role": byline.LONGEST,
    "words.title_tail": headline.LONGEST,
    "crawler.page.headline._SEPARATOR": headline.LONGEST,
    "crawler.page.byline._SITE": byline.LONGEST,
    "crawler.page.byline._NAME": byline.LONGEST,
    "crawler.page.byline._JOINT": byline.LONGEST,
}
#: And those that read what this project wrote itself.
OURS = {
    "crawler.html.select._SIMPLE",
    "crawler.html.select._STEP",
    "crawler.html.select._NEEDLE",
    "crawler.html.select._ATTR",
}


def longest(name: str) -> int:
    if name.endswith(".title_tail"):
        return headline.LONGEST
    return byline.LONGEST if "author_noise" in name else BOUNDED.get(name, LONG)


def check_shapes(pattern: re.Pattern[str], most: int = LONG) -> None:
    """Raises OvertimeError where a pattern takes long for a text of at most so many characters."""
    short = {shape[: min(SHORT, most) - 1]: shape for shape in shapes(pattern)}
    for begun, shape in short.items():
        took = _run(pattern, begun, BUDGET)
        if most > SHORT and took > SLOW:
            try:
                _run(pattern, shape[: most - 1], min(BUDGET, GROWTH * took))
            except OvertimeError:  # once more: other work can take a moment from either measurement
                _run(pattern, shape[: most - 1], min(BUDGET, GROWTH * _run(pattern, begun, BUDGET)))


def _run(pattern: re.Pattern[str], text: str, seconds: float) -> float:
    """The processor time of a pattern over a text; OvertimeError beyond `seconds`."""
    start = time.process_time()
    with limit(seconds):
        pattern.sub("", text + END)
    return time.process_time() - start


@pytest.mark.parametrize("name", sorted(set(patterns()) - OURS))
def test_a_pattern_is_linear_or_bounded(name: str) -> None:
    check_shapes(patterns()[name], longest(name))


@pytest.mark.parametrize(
    "source", [r"<[^>]+>", r"\s+$", r"<script[^>]*\bid=x", r"b\s*;?\s*$", r"\w+@", r"(?:a|b)*c", r"\(.*\)$"]
)
def test_the_shapes_find_a_quadratic_pattern(source: str) -> None:
    with pytest.raises(OvertimeError):
        check_shapes(re.compile(source))


# --- before a page is parsed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<p>" * 1_200_000, "tags; at most"),
        ("<p>" + "x" * MAX_CHARACTERS, "characters; at most"),
        ("<p " + " ".join(f"a{n}" for n in range(80_000)) + ">", "more than 1,000 attributes"),
        ("<script " + " ".join(f"a{n}='>'" for n in range(80_000)) + ">", "more than 1,000 attributes"),
        ("<p/" + "/".join(f"a{n}" for n in range(80_000)), "more than 1,000 attributes"),
        ("<p " + "".join(f'a{n}=">"' for n in range(MAX_ATTRIBUTES + 1)) + ">", "more than 1,000 attributes"),
        ("<p " + "".join(f"a{n} = '<b>' \n" for n in range(MAX_ATTRIBUTES + 1)) + ">", "more than 1,000"),
        ("<div>" * 300 + "<p>Isi", "more than 256 deep"),
    ],
    ids=["tags", "characters", "attributes", "script", "slashes", "quoted", "marked", "deep"],
)
def test_a_page_out_of_bounds_is_refused_by_name(plain_outlet: Outlet, html: str, says: str) -> None:
    with limit(2.0):
        refusal = read_article(make_page(html), plain_outlet)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "too-large"
    assert says in refusal.detail


@pytest.mark.parametrize(
    "html",
    [
        "<p " + "".join(f'a{n}=">"' for n in range(MAX_ATTRIBUTES)) + ">Isi",
        "<script>" + "if (a<b) { x = y / 2 } else { z = 'kata demi kata' } " * 2000 + "</script>",
        "<p>Ada 5 < 6 kecamatan, dan <b" + " kata" * 900 + ">",
        "<p title='" + "kata " * 5000 + "'>",
        "<div>" * 200,
    ],
    ids=["attributes", "script", "words", "value", "deep"],
)
def test_a_page_within_bounds_is_read(html: str) -> None:
    check_bounds(html)
    parse_html(html)


@pytest.mark.parametrize(
    "piece",
    [
        '<a x="',
        "<a '",
        "<script ",
        "<script>",
        "<a =",
        "<a x= ",
        "<a    ",
        "< ",
        "<a/",
        "<!--",
        "-->",
        "</script",
        " ",
    ],
)
def test_the_bounds_themselves_are_linear(piece: str) -> None:
    with limit(BUDGET * 4):
        for text in (piece * (MAX_TAGS - 1), "<script>" + piece * (MAX_TAGS - 2)):
            try:
                check_bounds(text[:MAX_CHARACTERS])
            except TooLargeError:
                continue


@pytest.mark.parametrize(
    "body", ["<p>Kata.</p>", "<a href='/x'>Kata</a> ", "<div class='isi'>x</div>", "<li>x</li>"]
)
def test_what_is_just_within_bounds_is_read_in_time(plain_outlet: Outlet, body: str) -> None:
    html = article_html(7).replace("<div class='isi'>", "<div class='isi breadcrumb'>" + body * 40_000)
    with limit(8.0):
        assert isinstance(read_article(make_page(html), plain_outlet), Article | Refusal)


def test_nested_blocks_with_the_names_of_noise_and_of_texts(plain_outlet: Outlet) -> None:
    nest = "<div class='share isi date'><p>a</p><p>b</p><p>c</p>" * 240
    html = article_html(7).replace(
        "<div class='isi'>", "<div class='isi'>" + nest + "<p>Kata demi kata.</p>" * 30_000
    )
    with limit(10.0):
        read_article(make_page(html), plain_outlet)


@pytest.mark.parametrize("link", ["<li><a href='/berita/1/x'>x</a></li>", "<a href='/x'>", "<ul><li>", "<p>"])
def test_a_list_of_ten_megabytes(plain_outlet: Outlet, link: str) -> None:
    find = next(f for f in plain_outlet.find if f.kind == "listing")
    with limit(5.0), pytest.raises(DiscoverError, match="too large"):
        find_article_urls((link * (10_000_000 // len(link))).encode(), find, plain_outlet)


def test_a_list_whose_entries_stand_in_one_another(plain_outlet: Outlet) -> None:
    find = replace(next(f for f in plain_outlet.find if f.kind == "listing"), time="time", title="h2")
    links = "".join(f"<a href='/berita/{n}/judul'>Judul</a>" for n in range(3_000))
    with limit(15.0):
        found = find_article_urls(("<ul><li>" * 100 + links).encode(), find, plain_outlet, plain_outlet.home)
    assert len(found) == 3_000


# --- readers -----------------------------------------------------------------------------------------

LARGE = 400_000
READERS: dict[str, tuple[Callable[[str], Any], tuple[str, ...]]] = {
    "next_data": (
        lambda t: list(QUIRKS["next_data"](t, "https://x.example")),
        ("<script ", "<script id='__NEXT_DATA__'>"),
    ),
    "nuxt_payload": (lambda t: list(QUIRKS["nuxt_payload"](t, "https://x.example")), ("[", "[[],", '{"a":')),
    "google_news": (lambda t: list(QUIRKS["google_news"](t, "https://x.example")), ("<item>", "<a>", "&a;")),
    "load_jsonld": (
        lambda t: load_jsonld([t]),
        (" ", "<!--", "-->", ",", ", ", '"headline": "', '"@type":"', "\\", "[", "//"),
    ),
    "plain": (plain, ("<", "<a", "&", "&#", "< ")),
    "strip_tags": (strip_tags, ("<", "<a", "<<>")),
    "tidy": (tidy, (" ", "\u0301", "\u200b", "a\u0301 ")),
    "split_byline": (byline.split_byline, ("Penulis", "Penulis: ", " ", "a.", "Editor: A ")),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_is_linear(name: str) -> None:
    read, pieces = READERS[name]
    for piece in pieces:
        with limit(2.0):
            read(piece * (LARGE // len(piece)))
            read(f"x{piece * (LARGE // len(piece))}\n-")


def test_references_of_jsonld_are_looked_up_in_linear_time() -> None:
    nodes = [{"@type": "Person", "@id": f"#{n}"} for n in range(40_000)]
    authors = [{"@id": "#0"}] * 40_000
    text = json.dumps({"@graph": [*nodes, {"@type": "NewsArticle", "headline": "Judul", "author": authors}]})
    html = article_html(7).replace(
        "<head>", f"<head><script type='application/ld+json'>{text[:MAX_SIZE]}</script>"
    )
    with limit(5.0):
        read_article(make_page(html), load_outlets()["murianews"])


@pytest.mark.parametrize("depth", [50, 400, 900, 100_000])
@pytest.mark.parametrize("field", ["author", "headline", "editor", "articleSection", "keywords", "publisher"])
def test_jsonld_that_is_nested_deep(plain_outlet: Outlet, field: str, depth: int) -> None:
    nested = "[" * depth + "]" * depth
    stated = f'{{"@type": "NewsArticle", "{field}": {nested}, "name": "x"}}'
    script = f'<script type="application/ld+json">{stated}</script>'
    assert isinstance(read_article(make_page(article_html(7, extra=script)), plain_outlet), Article)
