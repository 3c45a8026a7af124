"""The content systems: each is a function from a site and its articles to everything that the site answers.

The address forms are those of the real systems (index pages by day, news sitemaps, search pages,
feeds, the REST API), so that outlet files written for the real ones fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sample.sites import Answer, Site, print_date
from sample.source import Block, Story, slugify

#: The days that the listings cover.
FIRST_DAY = date(2025, 10, 25)
LAST_DAY = date(2025, 12, 20)
QUERY = "kecamatan+berdaya"
TAG = "kecamatan-berdaya"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A story with the address that its outlet gave it; templates see both as one."""

    story: Story
    url: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.story, name)


Printeds = list[Printed]


def find_answers(site: Site, stories: list[Story]) -> Iterator[Answer]:
    """Everything that a site answers, robots.txt first."""
    yield site.text(f"{site.base}/robots.txt", site.robots)
    printed = [Printed(story=story, url=site.address(story)) for story in stories]
    yield from _SYSTEMS[site.platform](site, printed)


def _days() -> Iterator[date]:
    day = FIRST_DAY
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=1)


def _on(stories: Printeds, day: date) -> Printeds:
    return [s for s in stories if s.published.date() == day]


def _on_topic(stories: Printeds) -> Printeds:
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
    blocks: tuple[Block, ...] = s.blocks
    common = {"s": s, "last": blocks[-1]}
    yield site.html(s.url, "article", page=1, blocks=s.pages[0], **common)
    if len(s.pages) > 1:
        for number, some in enumerate(s.pages[1:], start=2):
            yield site.html(f"{s.url}?page={number}", "article", page=number, blocks=some, **common)
        yield site.html(f"{s.url}?page=all", "article", page=0, blocks=blocks, **common)


def _tribun(site: Site, stories: Printeds) -> Iterator[Answer]:
    base, recent = site.base, stories[:10]
    sections = sorted({s.section for s in stories})
    yield site.html(f"{base}/", "listing", heading="Berita Terkini", stories=recent, sections=sections)
    children = [f"{base}/{slugify(name)}/sitemap-news.xml" for name in sections]
    yield site.xml(f"{base}/sitemap.xml", "sitemap-index.xml", children=children)
    for name, child in zip(sections, children, strict=True):
        yield site.xml(child, "news-sitemap.xml", stories=[s for s in recent if s.section == name])
    for day in _days():
        heading = print_date(datetime(day.year, day.month, day.day, tzinfo=UTC), "hari")
        url, found = f"{base}/index-news?date={day}", _on(stories, day)
        yield site.html(url, "listing", heading=heading, stories=found, sections=sections)
    for s in stories:
        yield from _pages(site, s)


def _detik(site: Site, stories: Printeds) -> Iterator[Answer]:
    home = f"{site.base}/jateng"
    yield site.html(home, "listing", heading="Jateng", stories=stories[:10], more="")
    for day in _days():
        url = f"{home}/indeks?date={day:%m/%d/%Y}"
        yield site.html(url, "listing", heading="Indeks", stories=_on(stories, day), more="")
    for s in stories:
        yield from _pages(site, s)


def _promedia(site: Site, stories: Printeds) -> Iterator[Answer]:
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
    yield site.xml(f"{base}/sitemap-news.xml", "news-sitemap.xml", stories=dated)
    for s in stories:
        yield from _pages(site, s)


def _wordpress(site: Site, stories: Printeds) -> Iterator[Answer]:
    base, found = site.base, _on_topic(stories)
    yield site.html(f"{base}/", "listing", heading=site.name, stories=stories[:10])
    posts = [_post(site, s) for s in found]
    url = f"{base}/wp-json/wp/v2/posts?search={QUERY}&per_page=100&_embed=1"
    yield site.json(url, posts, X_WP_Total=str(len(posts)), X_WP_TotalPages="1")
    yield site.xml(f"{base}/?s={QUERY}&feed=rss2", "feed.xml", stories=found)
    yield site.xml(f"{base}/feed/", "feed.xml", stories=stories[:10])
    yield site.html(f"{base}/tag/{TAG}/", "listing", heading="Tag: kecamatan berdaya", stories=found)
    posts_map = f"{base}/wp-sitemap-posts-post-1.xml"
    yield site.xml(f"{base}/wp-sitemap.xml", "sitemap-index.xml", children=[posts_map])
    yield site.xml(posts_map, "sitemap.xml", stories=stories)
    for s in stories:
        yield from _pages(site, s)


def _post(site: Site, s: Printed) -> dict[str, Any]:
    """A post as WordPress's REST API gives it."""
    body = site.render("wordpress/body.html", blocks=s.blocks).decode()
    section = {"id": 7, "taxonomy": "category", "name": s.section}
    tags = [{"id": 70 + n, "taxonomy": "post_tag", "name": tag} for n, tag in enumerate(s.tags)]
    times = {}
    for key, when in (("date", s.published), ("modified", s.modified or s.published)):
        times[key] = f"{when:%Y-%m-%dT%H:%M:%S}"
        times[f"{key}_gmt"] = f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    return {
        "id": int(s.id),
        **times,
        "slug": s.slug,
        "status": "publish",
        "type": "post",
        "link": s.url,
        "title": {"rendered": s.title},
        "content": {"rendered": body, "protected": False},
        "excerpt": {"rendered": f"<p>{s.summary}</p>", "protected": False},
        "_embedded": {"author": [{"id": 1, "name": "redaksi"}], "wp:term": [[section], tags]},
    }


def _antara(site: Site, stories: Printeds) -> Iterator[Answer]:
    base = site.base
    yield site.html(f"{base}/", "listing", heading="Beranda", stories=stories[:8])
    yield site.xml(f"{base}/rss/terkini.xml", "feed.xml", stories=stories)
    yield site.html(f"{base}/terkini", "listing", heading="Terkini", stories=stories)
    yield site.html(f"{base}/search?q={QUERY}", "listing", heading="Pencarian", stories=_on_topic(stories))
    for s in stories:
        yield from _pages(site, s)


def _blogger(site: Site, stories: Printeds) -> Iterator[Answer]:
    feeds = f"{site.base}/feeds/posts/default"
    yield site.html(f"{site.base}/", "listing", heading=site.name, stories=stories)
    yield site.xml(f"{feeds}?alt=rss&max-results=150&start-index=1", "feed.xml", stories=stories)
    yield site.xml(f"{site.base}/sitemap.xml", "sitemap.xml", stories=stories)
    for s in stories:
        yield from _pages(site, s)


_SYSTEMS: dict[str, Callable[[Site, Printeds], Iterator[Answer]]] = {
    "tribun": _tribun,
    "detik": _detik,
    "promedia": _promedia,
    "wordpress": _wordpress,
    "antara": _antara,
    "blogger": _blogger,
}
