"""The outlet's file with the mends in it, and the page that goes with it: `pantau outlet check --save`.

What is drafted is held against what was fetched before it is written. A present layout that fits no longer
keeps its place with a last day, so that archived pages are read as before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.outlet.load import Outlet, load_outlet, load_tables
from crawler.page.article import read_article
from db.records import Article, Page
from pipelines.command.errors import InputError
from pipelines.outlet.new import expectation, scrub_page

NOTE = "Changed by 'pantau outlet check --save'; look at every line."
#: Keys that come first in a table, for who reads it.
_FIRST = ("name", "kind", "url", "home", "like")


@dataclass(slots=True)
class Mends:
    """What is to be changed in an outlet's file."""

    finds: dict[int, dict[str, Any]] = field(default_factory=dict)  # number of the way -> changed keys
    article: dict[str, Any] = field(default_factory=dict)  # changed keys of [article]
    selectors: dict[str, str] = field(default_factory=dict)  # field -> selector that is asked first

    def __bool__(self) -> bool:
        return bool(self.finds or self.article or self.selectors)

    def lines(self) -> Iterator[str]:
        """One line a change, for the report."""
        for number, change in self.finds.items():
            yield f"[[find]] {number + 1}: {_told(change)}"
        if self.article:
            yield f"[article]: {_told(self.article)}"
        for name, css in self.selectors.items():
            yield f"[[layout]]: {name} = [{_value(css)}, ...]"


def _told(change: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} = {_value(value)}" for key, value in change.items())


def draft_outlet(path: Path, mends: Mends, today: date) -> str:
    """The text of an outlet's file with the mends in it; raises OutletError where the file can't be read."""
    own, merged = load_tables(path)
    data = dict(own)
    if mends.finds:
        ways = [dict(way) for way in merged.get("find", [])]
        for number, change in mends.finds.items():
            if number < len(ways):
                kept = {} if "kind" in change else ways[number]
                ways[number] = _without_empty({**kept, **change, "since": today, "note": NOTE})
                ways[number].setdefault("confidence", "low")
        data["find"] = ways
    if mends.article:
        data["article"] = _without_empty({**merged.get("article", {}), **mends.article, "since": today})
    if mends.selectors:
        data["layout"] = _with_layout(merged.get("layout", []), mends.selectors, today)
    return _head_of(path) + format_tables(data)


def _without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value != ""}


def _with_layout(
    layouts: Sequence[Mapping[str, Any]], selectors: Mapping[str, str], today: date
) -> list[Any]:
    """The layouts, the last of them over yesterday, and one in which the new selectors are asked first."""
    earlier = [dict(one) for one in layouts]
    last = dict(earlier[-1]) if earlier else {}
    if earlier:
        earlier[-1]["until"] = today - timedelta(days=1)
    changed = {key: value for key, value in last.items() if key != "until"}
    for name, css in selectors.items():
        kept = changed.get(name, [])
        changed[name] = [css, *(one for one in ([kept] if isinstance(kept, str) else kept) if one != css)]
    changed |= {"name": f"{today:%Y-%m}", "since": today, "confidence": "low", "note": NOTE}
    return [*earlier, changed]


def _head_of(path: Path) -> str:
    """The comment that opens a file."""
    lines = path.read_text("utf-8").splitlines()
    return "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines))


def format_tables(data: Mapping[str, Any]) -> str:
    """TOML of one level of tables and lists of tables, as outlet files are."""
    plain = {k: v for k, v in data.items() if not _is_table(v)}
    blocks = [_table(plain)]
    for key, value in data.items():
        if isinstance(value, Mapping):
            blocks.append(f"[{key}]\n{_table(value)}")
        elif _is_table(value):
            blocks += [f"[[{key}]]\n{_table(one)}" for one in value]
    return "\n".join(blocks)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and isinstance(next(iter(value), 0), Mapping)
    )


def _table(table: Mapping[str, Any]) -> str:
    keys = sorted(table, key=lambda key: (key not in _FIRST, _FIRST.index(key) if key in _FIRST else 0))
    return "".join(f"{key} = {_value(table[key])}\n" for key in keys)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        # Patterns are easier to read without their backslashes doubled.
        literal = "\\" in value and "'" not in value and not re.search(r"[\x00-\x1f\x7f]", value)
        return f"'{value}'" if literal else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def load_draft(slug: str, text: str) -> Outlet:
    """The outlet that a draft describes; raises OutletError where it is none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug}.toml"
        path.write_text(text, "utf-8")
        return load_outlet(path)


def draft_fixture(page: Page, outlet: Outlet) -> tuple[str, str] | None:
    """The page without the outlet's sentences and what is read from it, or None where that is no article."""
    article = read_article(page, outlet)
    if not isinstance(article, Article):
        return None
    try:
        html = scrub_page(page.html, article, page, outlet)
    except InputError:
        return None
    scrubbed = read_article(replace(page, html=html), outlet)
    if not isinstance(scrubbed, Article):
        return None
    return html, json.dumps(expectation(scrubbed, page), ensure_ascii=False, indent=2) + "\n"
