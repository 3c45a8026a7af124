"""Twenty sites on loopback, each of a real family, each with one thing changed since its file was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.outlet.load import OUTLETS, load_outlet
from tests.crawler.conftest import Answer, Site

PAGES = Path(__file__).parents[2] / "pages"
FIND = """
[[find]]
kind = "{kind}"
url = "{{home}}/{path}"
{more}
"""
LISTING = 'item = "li.entri"\nlink = "a[href]"\n'
#: Keys of a real outlet's file that tie it to its host, and its own ways of finding.
_TIED = re.compile(r"^(?:home|hosts|also|sections|slug) = .*\n", re.MULTILINE)
_WAYS = re.compile(r"^\[\[find\]\]\n(?:(?!\[).*\n)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A family, its recorded article, and what happened to its site."""

    slug: str
    what: str
    page: str = "article"
    html: Callable[[str, str], str] = lambda html, slug: html  # of the article
    list_html: Callable[[str], str] = lambda html: html
    kind: str = "listing"
    moved: str = ""  # where the list is now; its old address answers with 404
    home: str = ""  # of the home page, which links to nothing else
    addresses: Callable[[str], str] = lambda path: path


def _names(slug: str, *fields: str) -> set[str]:
    """Classes and ids by which an outlet's present layout finds its fields."""
    layout = load_outlet(OUTLETS / f"{slug}.toml").layouts[-1]
    sources = [s.source for field in fields for s in getattr(layout, field)]
    return {name for source in sources for name in re.findall(r"[.#]([A-Za-z][\w-]+)", source)}


def renamed(*fields: str) -> Callable[[str, str], str]:
    """The page with new names for the classes and ids of some fields."""

    def change(html: str, slug: str) -> str:
        for number, name in enumerate(sorted(_names(slug, *fields), key=len, reverse=True)):
            html = re.sub(
                rf"(?<![\w-]){re.escape(name)}(?![\w-])", f"baru-{'abcdefgh'[number % 8]}-bagian", html
            )
        return re.sub(r"itemprop=[\"']?articleBody[\"']?", "", html) if "body" in fields else html

    return change


def without_statements(html: str, slug: str = "") -> str:
    """The page without JSON-LD and meta tags."""
    html = re.sub(r"<script[^>]*ld\+json.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r"<meta (?!charset)[^>]*>", "", html)


def both(*changes: Callable[[str, str], str]) -> Callable[[str, str], str]:
    def change(html: str, slug: str) -> str:
        for one in changes:
            html = one(html, slug)
        return html

    return change


def new_entries(html: str) -> str:
    return html.replace('class="entri"', 'class="kartu-berita"').replace("<ul>", '<ul class="senarai">')


CHANGES = (
    Change("tribun_jateng", "body renamed", "multi-page", renamed("body")),
    Change("detik_jateng", "body renamed", html=renamed("body")),
    Change("merdeka", "body renamed", html=renamed("body")),
    Change("liputan6", "body renamed", html=renamed("body")),
    Change("republika", "body renamed", html=renamed("body")),
    Change("espos", "body renamed", html=renamed("body")),
    Change("radartegal", "body renamed", html=renamed("body")),
    Change("rri", "body and date renamed", html=renamed("body", "published")),
    Change("purbalinggakab", "another theme", html=renamed("body", "title", "published")),
    Change("murianews", "byline renamed", html=renamed("authors")),
    Change(
        "okezone", "date renamed, JSON-LD gone", "multi-page", both(renamed("published"), without_statements)
    ),
    Change("suara", "JSON-LD gone, body renamed", "multi-page", both(without_statements, renamed("body"))),
    Change("harianjogja", "JSON-LD gone, date renamed", html=both(without_statements, renamed("published"))),
    Change("semarangkota", "date and headline renamed", html=renamed("published", "title")),
    Change("demakkab", "entries renamed", list_html=new_entries),
    Change("kebumenkab", "entries renamed", list_html=new_entries),
    Change("bisnis_semarang", "list moved", moved="/semua-berita/indeks"),
    Change("seputarkebumen", "feed closed", kind="feed", moved="/umpan/terbaru.xml"),
    Change("idntimes_jateng", "list gone", home="list"),
    Change("jawapos", "addresses of another form", addresses=lambda path: f"/arsip{path}.html"),
)


def paths_of(path: str) -> list[str]:
    """An article's path and those of four others like it."""
    digits = re.search(r"\d(?=\D*$)", path)
    if digits is None:
        return [path, *(f"{path.rstrip('/')}-bagian-{n}" for n in ("dua", "tiga", "empat", "lima"))]
    return [path[: digits.start()] + str((int(digits[0]) + n) % 10) + path[digits.end() :] for n in range(5)]


def serve(change: Change, site: Site, folder: Path) -> str:
    """Put a changed site up and its old file into a folder; the slug."""
    spec = json.loads((PAGES / change.slug / f"{change.page}.json").read_text("utf-8"))
    parts = urlsplit(spec["page"]["url"])
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    html = (PAGES / change.slug / f"{change.page}.html").read_text("utf-8")
    # A canonical link to the real host says nothing about the site on loopback.
    html = html.replace(f"{parts.scheme}://{parts.netloc}", site.home)
    paths = [change.addresses(one) for one in paths_of(path)]
    html = change.html(html.replace(path, paths[0]), change.slug)
    for address in paths:
        site.answers[address] = Answer(html)
    site.answers["/robots.txt"] = Answer("User-agent: *\nAllow: /\n")
    entries = "".join(
        f'<li class="entri"><h3><a href="{p}">Berita dari kabupaten kita</a></h3></li>' for p in paths
    )
    menu = '<nav><a href="/tentang-kami">Tentang kami</a><a href="/kontak">Kontak</a></nav>'
    listing = change.list_html(f"<html><body>{menu}<ul>{entries}</ul></body></html>")
    if change.kind == "feed":
        items = "".join(f"<item><title>Berita</title><link>{site.home}{p}</link></item>" for p in paths)
        listing = f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>"
    old = "indeks" if change.kind == "listing" else "feed.xml"
    if not change.home:
        site.answers[change.moved or f"/{old}"] = Answer(listing)
    link = f'<a href="{change.moved}">Indeks Berita</a>' if change.kind == "listing" and change.moved else ""
    alternate = (
        f'<link rel="alternate" type="application/rss+xml" href="{change.moved}">' if change.moved else ""
    )
    home = listing if change.home else f"<html><head>{alternate}</head><body>{menu}{link}</body></html>"
    site.answers["/"] = Answer(home)
    text = _TIED.sub("", _WAYS.sub("", (OUTLETS / f"{change.slug}.toml").read_text("utf-8") + "\n"))
    head, tables, rest = text.partition("\n[")
    find = FIND.format(kind=change.kind, path=old, more=LISTING if change.kind == "listing" else "")
    lines = f'home = "{site.home}/"\n{head.strip()}\n{find}{tables}{rest}'
    (folder / f"{change.slug}.toml").write_text(lines, "utf-8")
    return change.slug
