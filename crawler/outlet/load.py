"""Outlets as data: `load_outlets()` reads `crawler/outlets/*.toml` into frozen, checked records.

An outlet says `like = "tribun"` and has everything of `crawler/platforms/tribun.toml` that it does
not say itself: tables ([article], [expect]) are taken key by key, lists ([[find]], [[layout]]) whole.
A file with a key that is not known, a selector or pattern that can't be compiled, or a name that
differs from its slug is refused with one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import soupsieve

from crawler.html.urls import split_url
from crawler.outlet.quirks import QUIRKS
from crawler.outlet.records import ArticleRules, Expect, Find, Layout, Outlet, OutletError
from db.toml_records import TomlReader

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
    "load_tables",
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


def load_tables(path: Path, platforms: Path = PLATFORMS) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tables of an outlet's file, and the same merged with those of its platform; raises OutletError.

    Ways of finding that `also` adds are in neither.
    """
    own = _reader(path).load()
    platform = own.get("like", "")
    return own, _merge(_platform(platforms, platform, path), own) if platform else own


@lru_cache(maxsize=1024)  # a run reads all files for Scrapy, for its own choice, for its topic
def _load_outlet(path: Path, platforms: Path, stamp: tuple[int, int] | None) -> Outlet:
    reader = _reader(path)
    own = reader.load()
    slug = path.stem
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise reader.fail(f"the file's name is the slug and must be lower snake case, not {slug!r}")
    if own.get("slug", slug) != slug:
        raise reader.fail(f"slug {own['slug']!r} differs from the file's name {slug!r}")
    platform = own.get("like", "")
    data = load_tables(path, platforms)[1]
    finds = [*reader.tables(data, "find")]
    for name in _as_list(data.get("also", [])):
        finds += _platform(platforms, name, path).get("find", [])
    return _build_outlet(reader, slug, platform, {**data, "find": finds} if finds else data)


def _reader(path: Path) -> TomlReader:
    return TomlReader(path, OutletError, lone=True)


def _as_list(value: Any) -> list[Any]:
    """A list, also of a single value."""
    return list(value) if isinstance(value, list) else [value]


@cache
def _platform(platforms: Path, name: str, user: Path) -> dict[str, Any]:
    path = platforms / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in platforms.glob("*.toml")))
        raise OutletError(f"{user}: like = {name!r} names no platform; there are: {known}")
    reader = _reader(path)
    data = reader.load()
    if parent := data.pop("like", ""):
        data = _merge(_platform(platforms, parent, path), data)
    reader.check_keys(data, _PLATFORM_KEYS)
    return data


@cache
def load_generic(platforms: Path = PLATFORMS) -> Layout:
    """The layout of any page: asked where an outlet's own have no answer."""
    reader = _reader(platforms / "generic.toml")
    layouts = reader.load().get("layout", [])
    if len(layouts) != 1:
        raise reader.fail("needs exactly one [[layout]]")
    return reader.record(Layout, layouts[0], "[layout]")


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
_NO_FIELDS = ("like", "also", "slug", "layout", *_EXTRA)  # of an outlet's file: keys that are no field
_OUTLET_KEYS = (
    "name",
    "home",
    "like",
    "also",
    "slug",
    "confidence",
    "since",
    "invented",
    "regencies",
    *_COMMON,
)


def _build_outlet(reader: TomlReader, slug: str, platform: str, data: dict[str, Any]) -> Outlet:
    reader.check_keys(data, _OUTLET_KEYS)
    layouts = tuple(
        reader.record(Layout, _with_extra(table, data), f"[[layout]] {number}")
        for number, table in enumerate(reader.tables(data, "layout"), 1)
    )
    outlet = reader.record(
        Outlet,
        {key: value for key, value in data.items() if key not in _NO_FIELDS},
        slug=slug,
        platform=platform,
        layouts=layouts,
        generic=load_generic(),
    )
    parts = split_url(outlet.home)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise reader.fail(f"home = {outlet.home!r} is no http(s) address")
    for check in (_check_layouts, _check_finds, _check_page_n, _check_must_find):
        check(reader, outlet)
    return outlet if "hosts" in data else replace(outlet, hosts=(parts.hostname,))


def _with_extra(layout: dict[str, Any], outlet: Mapping[str, Any]) -> dict[str, Any]:
    extra = {k: [*_as_list(layout.get(k, [])), *_as_list(outlet[k])] for k in _EXTRA if k in outlet}
    return {**layout, **extra}


def _check_layouts(reader: TomlReader, outlet: Outlet) -> None:
    untils = [one.until for one in outlet.layouts if one.until]
    if untils != sorted(untils) or any(one.until is None for one in outlet.layouts[:-1]):
        raise reader.fail("[[layout]] must be ordered by until, the one without until last")


def _check_must_find(reader: TomlReader, outlet: Outlet) -> None:
    for line in outlet.expect.must_find:
        day, _, url = line.partition(" ")
        try:
            date.fromisoformat(day)
        except ValueError:
            url = ""
        if split_url(url).scheme not in ("http", "https"):
            raise reader.fail(
                f"must_find = {line!r} must be a day and an address: '2025-10-30 https://outlet.example/article'",
                "[expect]",
            )


def _check_page_n(reader: TomlReader, outlet: Outlet) -> None:
    template = outlet.article.page_n
    _fill(reader, "[article]", "page_n", template, {"page": 2, "offset": outlet.article.page_size})


def _fill(reader: TomlReader, where: str, key: str, template: str, sample: Mapping[str, Any]) -> str:
    """A template with its placeholders filled in."""
    try:
        return template.format(**sample)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        allowed = ", ".join(f"{{{name}}}" for name in sample)
        raise reader.fail(
            f"{key} = {template!r} has an unknown or broken placeholder ({error}); allowed: {allowed}", where
        ) from None


def _check_finds(reader: TomlReader, outlet: Outlet) -> None:
    for number, find in enumerate(outlet.find, 1):
        where = f"[[find]] {number}"
        if find.quirk and find.quirk not in QUIRKS:
            raise reader.fail(f"quirk = {find.quirk!r} must be one of {', '.join(QUIRKS)}", where)
        _check_templates(reader, where, find)
        _check_css(reader, where, find)


def _check_templates(reader: TomlReader, where: str, find: Find) -> None:
    sample = {
        "home": "https://h.example", "host": "h.example", "date": date(2025, 1, 2), "section": "s",
        "query": "q", "tag": "t", "url": "https://h.example/", "page": 2, "offset": 20,
    }  # fmt: skip
    for key, template in (("url", find.url), ("more", find.more)):
        url = _fill(reader, where, key, template, sample)
        if template and split_url(url).scheme not in ("http", "https"):
            raise reader.fail(f"{key} = {template!r} gives no http(s) address", where)


def _check_css(reader: TomlReader, where: str, find: Find) -> None:
    for css in (find.item, find.link, find.title, find.time, find.last, find.sections_in, *find.drop):
        try:
            if css:
                soupsieve.compile(css)
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as error:
            raise reader.fail(f"{css!r} is no CSS selector: {str(error).splitlines()[0]}", where) from None
