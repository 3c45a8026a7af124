"""Outlets as data: `load_outlets()` reads `crawler/outlets/*.toml` into frozen, checked records.

An outlet says `like = "tribun"` and has everything of `crawler/platforms/tribun.toml` that it does
not say itself: tables ([article], [expect]) are taken key by key, lists ([[find]], [[layout]]) whole.
A file with a key that is not known, a selector or pattern that can't be compiled, or a name that
differs from its slug is refused with one line.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import soupsieve

from crawler.quirks import QUIRKS
from crawler.select import NOTHING, Drop, Selector
from crawler.toml_record import (
    Confidence,
    Kind,
    OutletError,
    as_list,
    build_record,
    build_value,
    check_keys,
)

__all__ = [
    "OUTLETS",
    "PLATFORMS",
    "ArticleRules",
    "Expect",
    "Find",
    "Layout",
    "Outlet",
    "OutletError",
    "join_url",
    "load_generic",
    "load_outlet",
    "load_outlets",
    "split_url",
]

HERE = Path(__file__).parent
OUTLETS = HERE / "outlets"
PLATFORMS = HERE / "platforms"

SelectorList = tuple[Selector, ...]

#: Query parameters that say how a reader came, never what is shown.
_NO_URL = urlsplit("")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|ref|source|from|tagfrom|m|amp|_ga|mtm_\w+")
_NEVER = re.compile(r"(?!)")


def split_url(url: str) -> SplitResult:
    """The parts of an address; empty ones where it is none ("http://[x")."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return _NO_URL


def join_url(base: str, url: str) -> str:
    """An address as seen from a page; "" where it is none."""
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One way to find article URLs.

    `url` may hold {home}, {host}, {date:%Y-%m-%d}, {section}, {query} ("kecamatan+berdaya") and {tag}
    ("kecamatan-berdaya"); with {date} it is asked for each day, with {section} for each section.
    """

    kind: Kind
    url: str
    more: str = ""  # template of the following pages: {url}, {page}, {offset}
    max_pages: int = 5
    page_size: int = 0  # entries a page, for {offset}
    sections: tuple[str, ...] = ()  # "": the outlet's; a url with {section} and none to fill in is not asked
    item: str = ""  # CSS: one entry of a listing; "": every link of the page
    link: str = "a[href]"  # CSS, inside the entry
    title: str = ""  # CSS; "": the link's title attribute, or its text
    time: str = ""  # CSS
    drop: tuple[str, ...] = ()  # CSS: side columns and the like
    last: str = ""  # CSS of links or texts whose highest number is the last page
    follow: re.Pattern[str] = _NEVER  # which children of a sitemap index are read
    quirk: str = ""  # function of crawler/quirks.py that reads the answer
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
    drop: Drop = NOTHING  # elements inside the body that are none of the text
    page_count: SelectorList = ()  # the highest number in their texts is the number of pages
    noise: re.Pattern[str] = _NEVER  # lines that are none of the text
    stop: re.Pattern[str] = _NEVER  # lines after which the text is over
    prefer: tuple[str, ...] = ()  # fields where selectors are asked before JSON-LD and meta
    confidence: Confidence = "medium"
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRules:
    """What the URLs and texts of an outlet's articles have in common."""

    url: re.Pattern[str] = re.compile(r"https?://")  # groups: id, ymd, section
    not_url: re.Pattern[str] = _NEVER
    id_per: Literal["outlet", "host"] = "outlet"  # where an id is unique
    keep_query: tuple[str, ...] = ()  # parameters that are part of the identity ("p", "id")
    page_all: str = ""  # query ("page=all") or path ("/all") that shows every page at once
    page_n: str = ""  # "page={page}"; "/{page}" or "/{offset}" is appended to the path
    page_size: int = 0  # what {offset} counts on a page
    max_pages: int = 20
    title_tail: re.Pattern[str] = _NEVER  # cut from the end of a title, site names apart
    dateline: re.Pattern[str] = _NEVER  # asked before the general ones; group "place"
    not_author: re.Pattern[str] = _NEVER  # names that stand where an author should
    utc_is_wib: bool = False  # writes "+00:00" behind the hour of Jakarta
    confidence: Confidence = "medium"
    since: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """Bounds that tell a broken crawl from a quiet week; none: not checked."""

    found_per_day: int | None = None  # article URLs that discovery offers, at least, per day asked for
    stored_per_month: int | None = None  # articles on the topic, at least
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
        if not self.owns(url) or self.article.not_url.search(url):
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


# --- reading ---------------------------------------------------------------------------------------


def load_outlets(
    *folders: Path, on_error: Callable[[OutletError], None] | None = None, platforms: Path = PLATFORMS
) -> dict[str, Outlet]:
    """All outlets of the folders, by slug in alphabetical order; without a folder, the project's own.

    A later folder's outlet replaces an earlier one's of the same slug. A bad file raises
    OutletError, or is handed to `on_error` and left out.
    """
    outlets: dict[str, Outlet] = {}
    for folder in folders or (OUTLETS,):
        if not folder.is_dir():
            raise OutletError(f"{folder}: no such folder of outlet files")
        for path in sorted(folder.glob("*.toml")):
            try:
                outlet = load_outlet(path, platforms)
            except OutletError as error:
                if on_error is None:
                    raise
                on_error(error)
            else:
                outlets[outlet.slug] = outlet
    return dict(sorted(outlets.items()))


def load_outlet(path: Path, platforms: Path = PLATFORMS) -> Outlet:
    """One outlet file; raises OutletError."""
    stat = path.stat() if path.is_file() else None
    return _load_outlet(path, platforms, (stat.st_mtime_ns, stat.st_size) if stat else None)


@lru_cache(maxsize=1024)  # a run reads all files for Scrapy, for its own choice, for its topic
def _load_outlet(path: Path, platforms: Path, stamp: tuple[int, int] | None) -> Outlet:
    own = _read(path)
    slug = path.stem
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise OutletError(f"{path}: the file's name is the slug and must be lower snake case, not {slug!r}")
    if own.get("slug", slug) != slug:
        raise OutletError(f"{path}: slug {own['slug']!r} differs from the file's name {slug!r}")
    platform = own.get("like", "")
    data = own
    if platform:
        data = _merge(_platform(platforms, platform, path), own)
    finds = [*_tables(path, data, "find")]
    for name in as_list(data.get("also", [])):
        finds += _platform(platforms, name, path).get("find", [])
    return _build_outlet(path, slug, platform, {**data, "find": finds} if finds else data)


@cache
def _platform(platforms: Path, name: str, user: Path) -> dict[str, Any]:
    path = platforms / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in platforms.glob("*.toml")))
        raise OutletError(f"{user}: like = {name!r} names no platform; there are: {known}")
    data = _read(path)
    if parent := data.pop("like", ""):
        data = _merge(_platform(platforms, parent, path), data)
    check_keys(path, "", data, _PLATFORM_KEYS)
    return data


@cache
def load_generic(platforms: Path = PLATFORMS) -> Layout:
    """The layout of any page: asked last, before trafilatura."""
    path = platforms / "generic.toml"
    data = _read(path)
    layouts = data.get("layout", [])
    if len(layouts) != 1:
        raise OutletError(f"{path}: needs exactly one [[layout]]")
    generic: Layout = build_record(path, "layout", Layout, layouts[0])
    return generic


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise OutletError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OutletError(f"{path}: can't be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise OutletError(f"{path}: no valid TOML: {error}") from None


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = {**merged[key], **value}
        else:
            merged[key] = value
    return merged


_EXTRA = ("drop", "noise", "stop")  # of an outlet: added to each of its layouts
_COMMON = ("site_names", "hosts", "sections", "find", "article", "layout", "expect", "note", *_EXTRA)
_PLATFORM_KEYS = (*_COMMON, "confidence", "since")
_OUTLET_KEYS = ("name", "home", "like", "also", "slug", "confidence", "since", "regencies", *_COMMON)


def _build_outlet(path: Path, slug: str, platform: str, data: dict[str, Any]) -> Outlet:
    check_keys(path, "", data, _OUTLET_KEYS)
    for key in ("name", "home", "confidence", "since"):
        if key not in data:
            raise OutletError(f"{path}: key {key!r} is missing")
    home = data["home"]
    parts = split_url(home) if isinstance(home, str) else _NO_URL
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OutletError(f"{path}: home = {home!r} is no http(s) address")
    layouts = tuple(
        build_record(path, "layout", Layout, _with_extra(d, data)) for d in _tables(path, data, "layout")
    )
    untils = [one.until for one in layouts if one.until]
    if untils != sorted(untils) or any(one.until is None for one in layouts[:-1]):
        raise OutletError(f"{path}: [[layout]] must be ordered by until, the one without until last")
    names = ("sections", "site_names", "hosts", "regencies", "note", "name", "confidence", "since")
    plain = {f: build_value(path, "", f, Outlet, data[f]) for f in names if f in data}
    finds = tuple(build_record(path, "find", Find, d) for d in _tables(path, data, "find"))
    for one in finds:
        _check_template(path, one)
    plain.setdefault("hosts", (parts.hostname,))
    article = build_record(path, "article", ArticleRules, data.get("article", {}))
    _check_page_n(path, article)
    expect = build_record(path, "expect", Expect, data.get("expect", {}))
    _check_must_find(path, expect)
    return Outlet(
        slug=slug,
        home=home,
        platform=platform,
        find=finds,
        article=article,
        layouts=layouts,
        generic=load_generic(),
        expect=expect,
        **plain,
    )


def _tables(path: Path, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    tables = data.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise OutletError(f"{path}: {key!r} must be written [[{key}]]")
    return tables


def _with_extra(layout: dict[str, Any], outlet: Mapping[str, Any]) -> dict[str, Any]:
    extra = {k: [*as_list(layout.get(k, [])), *as_list(outlet[k])] for k in _EXTRA if k in outlet}
    return {**layout, **extra}


def _check_must_find(path: Path, expect: Expect) -> None:
    for line in expect.must_find:
        day, _, url = line.partition(" ")
        try:
            date.fromisoformat(day)
        except ValueError:
            url = ""
        if split_url(url).scheme not in ("http", "https"):
            raise OutletError(
                f"{path}: [expect] must_find = {line!r} must be a day and an address: "
                "'2025-10-30 https://outlet.example/article'"
            )


def _check_page_n(path: Path, article: ArticleRules) -> None:
    try:
        article.page_n.format(page=2, offset=article.page_size)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise OutletError(
            f"{path}: [article] page_n = {article.page_n!r} has an unknown or broken placeholder ({error}); "
            "allowed: {page}, {offset}"
        ) from None


def _check_template(path: Path, find: Find) -> None:
    if find.quirk and find.quirk not in QUIRKS:
        raise OutletError(f"{path}: [find] quirk = {find.quirk!r} must be one of {', '.join(QUIRKS)}")
    sample = {
        "home": "https://h.example", "host": "h.example", "date": date(2025, 1, 2), "section": "s",
        "query": "q", "tag": "t", "url": "https://h.example/", "page": 2, "offset": 20,
    }  # fmt: skip
    for template in (find.url, find.more):
        try:
            url = template.format(**sample)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise OutletError(
                f"{path}: [find] {template!r} has an unknown or broken placeholder ({error}); "
                f"allowed: {', '.join('{' + k + '}' for k in sample)}"
            ) from None
        if template and split_url(url).scheme not in ("http", "https"):
            raise OutletError(f"{path}: [find] {template!r} gives no http(s) address")
    for css in (find.item, find.link, find.title, find.time, find.last, *find.drop):
        try:
            if css:
                soupsieve.compile(css)
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as error:
            raise OutletError(
                f"{path}: [find] {css!r} is no CSS selector: {str(error).splitlines()[0]}"
            ) from None
