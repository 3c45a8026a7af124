"""Outlets as data: `load_outlets()` reads `crawler/outlets/*.toml` into frozen, checked records.

An outlet says `like = "tribun"` and has everything of `crawler/platforms/tribun.toml` that it does
not say itself: tables ([article], [expect]) are taken key by key, lists ([[find]], [[layout]]) whole.
A file with a key that is not known, a selector or pattern that can't be compiled, or a name that
differs from its slug is refused with one line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import soupsieve

from crawler.html.urls import split_url
from crawler.outlet.quirks import QUIRKS
from crawler.outlet.records import ArticleRules, Expect, Find, Layout, Outlet
from crawler.outlet.toml_record import OutletError, as_list, build_record, build_value, check_keys

__all__ = [
    "OUTLETS",
    "PLATFORMS",
    "ArticleRules",
    "Expect",
    "Find",
    "Layout",
    "Outlet",
    "OutletError",
    "load_generic",
    "load_outlet",
    "load_outlets",
]

HERE = Path(__file__).parents[1]
OUTLETS = HERE / "outlets"
PLATFORMS = HERE / "platforms"


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
    parts = split_url(home if isinstance(home, str) else "")
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
    for css in (find.item, find.link, find.title, find.time, find.last, find.sections_in, *find.drop):
        try:
            if css:
                soupsieve.compile(css)
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as error:
            raise OutletError(
                f"{path}: [find] {css!r} is no CSS selector: {str(error).splitlines()[0]}"
            ) from None
