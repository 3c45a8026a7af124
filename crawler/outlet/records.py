"""What an outlet file says, as frozen records; crawler/outlet/load.py reads the files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode, urlunsplit

from crawler.html.select import NOTHING, Drop, Selector, compile_drop, compile_selector
from crawler.html.urls import is_web_address, split_url
from crawler.html.words import any_of
from db.toml_records import Made, Natural

Confidence = Literal["high", "medium", "low"]
Kind = Literal["listing", "tag", "search", "feed", "sitemap", "wp-json"]


class OutletError(ValueError):
    """An outlet or platform file that can't be used; one line that names file, key and what is allowed."""


def compile_pattern(source: str) -> re.Pattern[str]:
    """One regular expression of an outlet file; raises OutletError."""
    try:
        return re.compile(source)
    except re.error as error:
        raise OutletError(f"{source!r} is no regular expression: {error}") from None


def compile_lines(sources: tuple[str, ...]) -> re.Pattern[str]:
    """What matches where any of the expressions does, in upper or lower case; raises OutletError."""
    for source in sources:
        compile_pattern(source)
    return any_of(sources)


SelectorList = tuple[Annotated[Selector, Made(str, compile_selector)], ...]
DropList = Annotated[Drop, Made(tuple[str, ...], compile_drop)]
Pattern = Annotated[re.Pattern[str], Made(str, compile_pattern)]
Lines = Annotated[re.Pattern[str], Made(tuple[str, ...], compile_lines)]

#: Query parameters that say how a reader came, never what is shown.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|ref|source|from|tagfrom|m|amp|_ga|mtm_\w+")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One way to find article URLs.

    `url` may hold {home}, {host}, {date:%Y-%m-%d}, {section}, {query} ("kecamatan+berdaya") and {tag}
    ("kecamatan-berdaya"); with {date} it is asked for each day, with {section} for each section.
    """

    kind: Kind
    url: str
    more: str = ""  # template of the following pages: {url}, {page}, {offset}
    max_pages: Natural = 5
    page_size: Natural = 0  # entries a page, for {offset}
    sections: tuple[str, ...] = ()  # "": the outlet's; a url with {section} and none to fill in is not asked
    item: str = ""  # CSS: one entry of a listing; "": every link of the page
    link: str = "a[href]"  # CSS, inside the entry
    title: str = ""  # CSS; "": the link's title attribute, or its text
    time: str = ""  # CSS
    drop: tuple[str, ...] = ()  # CSS: side columns and the like
    last: str = ""  # CSS of links or texts whose highest number is the last page
    #: CSS of options or links that name the sections; each is asked for where a day's list is too long.
    sections_in: str = ""
    follow: Pattern = _NEVER  # which children of a sitemap index are read
    quirk: str = ""  # function of crawler/outlet/quirks.py that reads the answer
    enabled: bool = True  # false: known, and not used (note says why)
    confidence: Confidence = "medium"
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a page is marked up; the selectors of a field are tried in order."""

    name: str = ""
    until: date | None = None  # last day on which pages looked so; none: today's layout
    title: SelectorList = ()
    published: SelectorList = ()
    modified: SelectorList = ()
    authors: SelectorList = ()
    editor: SelectorList = ()
    section: SelectorList = ()
    tags: SelectorList = ()
    id: SelectorList = ()
    body: SelectorList = ()
    drop: DropList = NOTHING  # elements inside the body that are none of the text
    page_count: SelectorList = ()  # the highest number in their texts is the number of pages
    noise: Lines = _NEVER  # lines that are none of the text
    stop: Lines = _NEVER  # lines after which the text is over
    prefer: tuple[str, ...] = ()  # fields where selectors are asked before JSON-LD and meta
    confidence: Confidence = "medium"
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRules:
    """What the URLs and texts of an outlet's articles have in common."""

    url: Pattern = re.compile(r"https?://")  # groups: id, ymd, section
    not_url: Pattern = _NEVER
    id_per: Literal["outlet", "host"] = "outlet"  # where an id is unique
    keep_query: tuple[str, ...] = ()  # parameters that are part of the identity ("p", "id")
    page_all: str = ""  # query ("page=all") or path ("/all") that shows every page at once
    page_n: str = ""  # "page={page}"; "/{page}" or "/{offset}" is appended to the path
    page_size: Natural = 0  # what {offset} counts on a page
    max_pages: Natural = 20
    title_tail: Lines = _NEVER  # cut from the end of a title, site names apart
    dateline: Pattern = _NEVER  # asked before the general ones; group "place"
    not_author: Lines = _NEVER  # names that stand where an author should
    utc_is_wib: bool = False  # writes "+00:00" behind the hour of Jakarta
    confidence: Confidence = "medium"
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """Bounds that tell a broken crawl from a quiet week; none: not checked."""

    found_per_day: Natural | None = None  # article URLs that discovery offers, at least, per day asked for
    stored_per_month: Natural | None = None  # articles on the topic, at least
    #: "2025-10-30 https://…": articles that a crawl of their day must offer, or have stored already.
    must_find: tuple[str, ...] = ()

    def must_find_on(self, since: date, until: date) -> list[str]:
        """Addresses of those whose day lies in the range, both ends included."""
        pairs = (line.split(None, 1) for line in self.must_find)
        return [url for day, url in pairs if since <= date.fromisoformat(day) <= until]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    slug: str
    name: str
    home: str
    platform: str  # stem of the platform file; "": none
    confidence: Confidence
    since: date  # when the facts were last seen to be true
    note: str = ""
    invented: bool = False  # it does not exist, and what it prints is made up: a demonstration's
    site_names: tuple[str, ...] = ()  # what stands behind a title: "TribunJateng.com"
    hosts: tuple[str, ...] = ()  # domains whose pages are the outlet's; subdomains belong to them
    regencies: tuple[str, ...] = ()  # codes of those that a local outlet covers; none: the province
    sections: tuple[str, ...] = ()
    find: tuple[Find, ...] = ()
    article: ArticleRules = field(default_factory=ArticleRules)
    layouts: tuple[Layout, ...] = ()  # newest last
    generic: Layout = field(default_factory=Layout)  # what is asked when the layouts have no answer
    expect: Expect = field(default_factory=Expect)

    def layouts_for(self, day: date) -> list[Layout]:
        """Layouts in the order to be tried: that of the day, the others from new to old."""
        fits = [one for one in self.layouts if one.until is None or day <= one.until]
        first = fits[:1]
        return first + [one for one in reversed(self.layouts) if one not in first]

    def is_article(self, url: str) -> bool:
        """Whether a URL is one of an article of this outlet."""
        if not is_web_address(url) or not self.owns(url) or self.article.not_url.search(url):
            return False
        return self.article.url.search(url) is not None

    def owns(self, url: str) -> bool:
        host = split_url(url).hostname or ""
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def canonical(self, url: str) -> str:
        """The URL without fragment, tracking and paging."""
        parts = split_url(url)
        paging = {q.partition("=")[0] for q in (self.article.page_all, self.article.page_n) if "=" in q}
        query = [
            (k, v)
            for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if k in self.article.keep_query or not (_TRACKING.fullmatch(k) or k in paging)
        ]
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, urlencode(query), ""))

    def key(self, url: str) -> str:
        """What two URLs of one article have in common: (host, id) where the URL has an id."""
        url = self.canonical(url)
        match = self.article.url.search(url)
        host = (split_url(url).hostname or "").removeprefix("www.").removeprefix("m.")
        number = match["id"] if match and "id" in match.re.groupindex else None
        if number:
            return f"{host if self.article.id_per == 'host' else self.slug}:{number}"
        return re.sub(r"^https?://(?:www\.|m\.)?", "", url).rstrip("/")

    def article_id(self, url: str, find_number: Callable[[], str] = str) -> str:
        """ "slug:number", or a digest of the address where there is no number; the same on every visit.

        `find_number` looks for the number in the page, where the address has none.
        """
        match = self.article.url.search(url)
        number = (match.groupdict().get("id") if match else "") or find_number()
        if not number:
            number = hashlib.sha1(self.key(url).encode(), usedforsecurity=False).hexdigest()[:12]
        host = split_url(url).hostname or ""
        elsewhere = self.article.id_per == "host" and host != split_url(self.home).hostname
        return f"{self.slug}:{host}:{number}" if elsewhere else f"{self.slug}:{number}"
