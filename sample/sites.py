"""What each invented site answers: the addresses of its content system, filled from the templates.

A content system is a function from a site and its articles to answers. The address forms are those
of the real systems (index pages by day, news sitemaps, search pages, feeds, the REST API), so that
outlet files written for the real ones fit.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample.source import Block, Story, slugify

HERE = Path(__file__).parent

#: The days that the listings cover.
FIRST_DAY = date(2025, 10, 28)
LAST_DAY = date(2025, 12, 20)
QUERY = "kecamatan+berdaya"
TAG = "kecamatan-berdaya"

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it will stand in the archive."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    status: str = "200 OK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A story with the address that its outlet gave it; templates see both as one."""

    story: Story
    url: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.story, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One table of `sites.toml`."""

    slug: str
    name: str
    site_name: str
    base: str
    platform: str
    url: str
    robots: str
    related: tuple[str, ...]
    env: Environment = field(repr=False)

    @property
    def host(self) -> str:
        return (urlsplit(self.base).hostname or "").removeprefix("www.")

    def address(self, story: Story) -> str:
        return self.url.format(
            base=self.base, section=story.section_slug, id=story.id, slug=story.slug,
            y=f"{story.published:%Y}", m=f"{story.published:%m}", d=f"{story.published:%d}",
        )  # fmt: skip

    def link(self, headline: str) -> str:
        """The address of a headline that stands in a box: an article that the archive doesn't hold."""
        number = sum(headline.encode()) % 9000 + 1000
        return f"{self.base}/lain/{number}/{slugify(headline)}"

    def render(self, template: str, **values: Any) -> bytes:
        page = self.env.get_template(template).render(site=self, link=self.link, **values)
        return page.encode("utf-8")

    def html(self, url: str, kind: str, **values: Any) -> Answer:
        return self._answer(url, self.render(f"{self.platform}/{kind}.html", url=url, **values), "text/html")

    def xml(self, url: str, template: str, **values: Any) -> Answer:
        return self._answer(url, self.render(template, url=url, **values), "application/xml")

    def json(self, url: str, data: Any, **headers: str) -> Answer:
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        return self._answer(url, body, "application/json", headers)

    def text(self, url: str, body: str) -> Answer:
        return self._answer(url, body.strip().encode() + b"\n", "text/plain")

    def _answer(self, url: str, body: bytes, kind: str, more: dict[str, str] | None = None) -> Answer:
        # Real servers differ in these, and a reader has to cope: a charset in the header or only in
        # the page (Suara Pesisir), a compressed body (Jurnal Sindoro).
        charset = "" if self.platform == "promedia" else "; charset=UTF-8"
        headers = [("Content-Type", kind + charset), ("Server", "nginx")]
        if self.platform == "wordpress" and kind == "text/html":
            body = gzip.compress(body, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        headers += [(key.replace("_", "-"), value) for key, value in (more or {}).items()]
        headers.append(("Content-Length", str(len(body))))
        return Answer(url, body, tuple(headers))


def load_sites(path: Path = HERE / "sites.toml") -> dict[str, Site]:
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    env.filters |= {"tanggal": print_date, "rfc822": format_datetime, "utc": print_utc, "slug": slugify}
    tables = tomllib.loads(path.read_text("utf-8"))
    return {
        slug: Site(slug=slug, env=env, related=tuple(table.pop("related")), **table) for slug, table in tables.items()
    }


def print_date(when: datetime, form: str = "panjang") -> str:
    """ "Jumat, 31 Oktober 2025 13:22" and the shorter forms of the other sites."""
    month = _MONTHS[when.month - 1]
    if form == "pendek":
        return f"{_DAYS[when.weekday()]}, {when:%d} {month[:3]} {when:%Y %H:%M}"
    if form == "hari":
        return f"{when.day} {month} {when:%Y}"
    gap = " | " if form == "batang" else " "
    return f"{_DAYS[when.weekday()]}, {when.day} {month} {when:%Y}{gap}{when:%H:%M}"


def print_utc(when: datetime) -> str:
    return when.astimezone(UTC).isoformat()


def find_answers(site: Site, stories: list[Story]) -> Iterator[Answer]:
    """Everything that a site answers, robots.txt first."""
    yield site.text(f"{site.base}/robots.txt", site.robots)
    printed = [Printed(story=story, url=site.address(story)) for story in stories]
    yield from _PLATFORMS[site.platform](site, printed)


# --- one function per content system -----------------------------------------------------------------


def _days() -> Iterator[date]:
    day = FIRST_DAY
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=1)


def _on(stories: list[Printed], day: date) -> list[Printed]:
    return [s for s in stories if s.published.date() == day]


def _on_topic(stories: list[Printed]) -> list[Printed]:
    """What the site's own search finds: any page on which the words stand, boxes and links included."""
    words = QUERY.replace("+", " ")
    found = []
    for s in stories:
        everything = " ".join([s.title, *s.tags, *(block.text for block in s.blocks)])
        if words in everything.lower():
            found.append(s)
    return found


def _pages(site: Site, s: Printed) -> Iterator[Answer]:
    """An article: one page, or each of its pages and all of them at once."""
    all_blocks: tuple[Block, ...] = s.blocks
    last = all_blocks[-1]
    many = len(s.pages) > 1
    yield site.html(s.url, "article", s=s, page=1, blocks=s.pages[0], last=last)
    if many:
        for number, blocks in enumerate(s.pages, start=1):
            if number > 1:
                yield site.html(f"{s.url}?page={number}", "article", s=s, page=number, blocks=blocks, last=last)
        yield site.html(f"{s.url}?page=all", "article", s=s, page=0, blocks=all_blocks, last=last)


def _tribun(site: Site, stories: list[Printed]) -> Iterator[Answer]:
    sections = sorted({s.section for s in stories})
    base = site.base
    recent = stories[:10]
    yield site.html(f"{base}/", "listing", heading="Berita Terkini", stories=recent, sections=sections)
    children = [f"{base}/{slugify(name)}/sitemap-news.xml" for name in sections]
    yield site.xml(f"{base}/sitemap.xml", "sitemap-index.xml", children=children)
    for name, child in zip(sections, children, strict=True):
        yield site.xml(child, "news-sitemap.xml", stories=[s for s in recent if s.section == name])
    for day in _days():
        heading, found = print_date(datetime(day.year, day.month, day.day, tzinfo=UTC), "hari"), _on(stories, day)
        yield site.html(
            f"{base}/index-news?date={day}", "listing", heading=heading, stories=found, sections=sections
        )
    for s in stories:
        yield from _pages(site, s)


def _detik(site: Site, stories: list[Printed]) -> Iterator[Answer]:
    index = f"{site.base}/jateng/indeks"
    yield site.html(f"{site.base}/jateng", "listing", heading="Jateng", stories=stories[:10], more="")
    for day in _days():
        found = _on(stories, day)
        yield site.html(f"{index}?date={day:%m/%d/%Y}", "listing", heading="Indeks", stories=found, more="")
    for s in stories:
        yield from _pages(site, s)


def _promedia(site: Site, stories: list[Printed]) -> Iterator[Answer]:
    base, size = site.base, 5
    found = _on_topic(stories)
    yield site.html(f"{base}/", "listing", heading="Beranda", stories=stories[:8], more="")
    for url, mark in ((f"{base}/search?q={QUERY}&sort=latest", "&page="), (f"{base}/tag/{TAG}", "?page=")):
        pages = [found[i : i + size] for i in range(0, len(found), size)]
        for number, some in enumerate(pages, start=1):
            here = url if number == 1 else f"{url}{mark}{number}"
            more = f"{url}{mark}{number + 1}" if number < len(pages) else ""
            yield site.html(here, "listing", heading="Kecamatan Berdaya", stories=some, more=more)
    dated = [s for s in stories if not s.undated]
    yield site.xml(f"{base}/sitemap-news.xml", "news-sitemap.xml", stories=dated[:3])
    for s in stories:
        yield from _pages(site, s)


def _wordpress(site: Site, stories: list[Printed]) -> Iterator[Answer]:
    base, found = site.base, _on_topic(stories)
    yield site.html(f"{base}/", "listing", heading=site.name, stories=stories[:10])
    posts = [_post(site, s) for s in found]
    url = f"{base}/wp-json/wp/v2/posts?search={QUERY}&per_page=100&_embed=1"
    yield site.json(url, posts, X_WP_Total=str(len(posts)), X_WP_TotalPages="1")
    yield site.xml(f"{base}/?s={QUERY}&feed=rss2", "feed.xml", stories=found)
    yield site.xml(f"{base}/feed/", "feed.xml", stories=stories[:10])
    yield site.html(f"{base}/tag/{TAG}/", "listing", heading="Tag: kecamatan berdaya", stories=found)
    yield site.xml(f"{base}/wp-sitemap.xml", "sitemap-index.xml", children=[f"{base}/wp-sitemap-posts-post-1.xml"])
    yield site.xml(f"{base}/wp-sitemap-posts-post-1.xml", "sitemap.xml", stories=stories)
    for s in stories:
        yield from _pages(site, s)


def _post(site: Site, s: Printed) -> dict[str, Any]:
    """A post as WordPress's REST API gives it."""
    changed = s.modified or s.published
    body = site.render("wordpress/body.html", blocks=s.blocks).decode()
    return {
        "id": int(s.id), "date": f"{s.published:%Y-%m-%dT%H:%M:%S}", "date_gmt": f"{s.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "modified": f"{changed:%Y-%m-%dT%H:%M:%S}", "modified_gmt": f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "slug": s.slug, "status": "publish", "type": "post", "link": s.url, "title": {"rendered": s.title},
        "content": {"rendered": body, "protected": False}, "excerpt": {"rendered": f"<p>{s.summary}</p>", "protected": False},
        "_embedded": {"author": [{"id": 1, "name": "redaksi"}], "wp:term": [
            [{"id": 7, "taxonomy": "category", "name": s.section}],
            [{"id": 70 + n, "taxonomy": "post_tag", "name": tag} for n, tag in enumerate(s.tags)],
        ]},
    }  # fmt: skip


def _antara(site: Site, stories: list[Printed]) -> Iterator[Answer]:
    base = site.base
    yield site.html(f"{base}/", "listing", heading="Beranda", stories=stories[:8])
    yield site.xml(f"{base}/rss/terkini.xml", "feed.xml", stories=stories)
    yield site.html(f"{base}/terkini", "listing", heading="Terkini", stories=stories)
    yield site.html(f"{base}/search?q={QUERY}", "listing", heading="Pencarian", stories=_on_topic(stories))
    for s in stories:
        yield from _pages(site, s)


def _blogger(site: Site, stories: list[Printed]) -> Iterator[Answer]:
    feeds = f"{site.base}/feeds/posts/default"
    yield site.html(f"{site.base}/", "listing", heading=site.name, stories=stories)
    yield site.xml(f"{feeds}?alt=rss&max-results=150&start-index=1", "feed.xml", stories=stories)
    yield site.xml(f"{feeds}?q={QUERY}&alt=rss", "feed.xml", stories=_on_topic(stories))
    yield site.xml(f"{site.base}/sitemap.xml", "sitemap.xml", stories=stories)
    for s in stories:
        yield from _pages(site, s)


_PLATFORMS: dict[str, Callable[[Site, list[Printed]], Iterator[Answer]]] = {
    "tribun": _tribun,
    "detik": _detik,
    "promedia": _promedia,
    "wordpress": _wordpress,
    "antara": _antara,
    "blogger": _blogger,
}
