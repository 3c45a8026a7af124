"""Which claims are exported, and the SQL conditions that say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from db.errors import StoreError


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a person asked for; nothing means everything. Names as given, see `resolve`."""

    regencies: Sequence[str] = ()  # code, full name, or name alone where it is certain
    pillars: Sequence[str] = ()  # id or name
    outlets: Sequence[str] = ()  # slug or name
    since: date | None = None  # first day of publication (WIB)
    until: date | None = None  # the last one, included
    programmes: Sequence[str] = ()  # ids

    @property
    def by_claim(self) -> bool:
        """Whether single claims are chosen and not whole articles alone."""
        return bool(self.regencies or self.pillars)

    def __str__(self) -> str:
        """The filters as they were given, in one line; empty without any."""
        said = [
            *(f"regency {name}" for name in self.regencies),
            *(f"pillar {name}" for name in self.pillars),
            *(f"outlet {name}" for name in self.outlets),
        ]
        said += [f"programme {name}" for name in self.programmes]
        days = [("since", self.since), ("until", self.until)]
        return ", ".join(said + [f"{word} {day}" for word, day in days if day])


#: Those that something was said of: an article on it, or a pillar of its own.
_PROGRAMMES = (
    "SELECT programme, programme FROM (SELECT programme FROM pillars UNION SELECT programme FROM extractions)"
)


def resolve(filters: Filters, db: sqlite3.Connection) -> Filters:
    """The filters with codes, ids and slugs in the place of names; `StoreError` on what is unknown."""
    return Filters(
        regencies=_find_regencies(filters.regencies, _read_names(db, "SELECT code, name FROM regencies")),
        pillars=_find_keys("pillar", filters.pillars, _read_names(db, "SELECT id, name FROM pillars")),
        outlets=_find_keys("outlet", filters.outlets, _read_names(db, "SELECT slug, name FROM outlets")),
        since=filters.since,
        until=filters.until,
        programmes=_find_keys("programme", filters.programmes, _read_names(db, _PROGRAMMES)),
    )


def describe(filters: Filters, db: sqlite3.Connection) -> str:
    """Resolved filters in one line for readers of the files; empty without any."""
    names = _read_names(db, "SELECT code, name FROM regencies")
    return str(replace(filters, regencies=[names[code] for code in filters.regencies]))


def _read_names(db: sqlite3.Connection, sql: str) -> dict[str, str]:
    return {str(key): str(name) for key, name in db.execute(f"{sql} ORDER BY 1").fetchall()}


def _find_keys(what: str, asked: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    by_word = {_fold(name): key for key, name in names.items()} | {_fold(key): key for key in names}
    found = []
    for word in asked:
        if _fold(word) not in by_word:
            raise StoreError(_unknown(what, word, by_word, names))
        found.append(by_word[_fold(word)])
    return tuple(dict.fromkeys(found))


def _find_regencies(asked: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    short: dict[str, list[str]] = {}
    for code, name in names.items():
        for form in {_fold(code), _fold(name), _fold(name.partition(" ")[2])}:
            short.setdefault(form, []).append(code)
    for word in asked:
        codes = short.get(_fold(word), [])
        if len(codes) > 1:
            both = " or ".join(f"'{names[code]}'" for code in codes)
            raise StoreError(f"'{word}' may be more than one regency: write {both}")
        if not codes:
            raise StoreError(
                _unknown("regency", word, {form: codes[0] for form, codes in short.items()}, names)
            )
        found += codes
    return tuple(dict.fromkeys(found))


def _fold(word: str) -> str:
    """Letters in lower case, spaces once, "Kab." spelled out."""
    return re.sub(r"^kab(\.\s*|\s+)", "kabupaten ", " ".join(word.casefold().split()))


def _unknown(what: str, word: str, by_word: Mapping[str, str], names: Mapping[str, str]) -> str:
    close = [by_word[near] for near in get_close_matches(_fold(word), by_word, n=4, cutoff=0.6)]
    if close:
        shown = [f"'{names[key]}'" if what == "regency" else key for key in dict.fromkeys(close)]
        return f"no {what} '{word}' in this database; did you mean {' or '.join(shown[:3])}?"
    known = ", ".join(names.values() if what == "regency" else names) or "none"
    return f"no {what} '{word}' in this database; it has {known}"


#: Tables in which the articles that name a chosen regency or pillar are kept while an export lasts.
NAMED = {"regency_code": "named_regency", "pillar": "named_pillar"}


def prepare(filters: Filters, db: sqlite3.Connection, columns: Mapping[str, Sequence[str]]) -> None:
    """Note the articles that name a chosen regency or pillar, for tables that have no such column.

    `columns` is table of claims -> its columns.
    """
    for column, chosen in (("regency_code", filters.regencies), ("pillar", filters.pillars)):
        if not chosen:
            continue
        tables = [table for table, has in columns.items() if column in has]
        if column == "regency_code":
            tables.append("ambiguous_areas")
        selects = [f"SELECT article FROM {table} WHERE {column} IN ({_list(chosen)})" for table in tables]
        db.execute(f"CREATE TEMP TABLE {NAMED[column]} (article TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute(f"INSERT INTO temp.{NAMED[column]} {' UNION '.join(selects)}")


def conditions(filters: Filters, table: str, columns: Sequence[str]) -> str:
    """SQL on a claim `c` of a table with these columns and its article `a`; "1" where all are chosen."""
    terms = [*article_conditions(filters), *programme_conditions(filters, "c")]
    for column, chosen in (("regency_code", filters.regencies), ("pillar", filters.pillars)):
        if not chosen:
            continue
        if column not in columns:
            terms.append(f"a.id IN (SELECT article FROM temp.{NAMED[column]})")
        elif column == "regency_code":  # what may be the regency counts: its row shows the other one too
            terms.append(
                f"(c.regency_code IN ({_list(chosen)}) OR c.id IN (SELECT claim FROM ambiguous_areas "
                f"WHERE kind = '{table}' AND regency_code IN ({_list(chosen)})))"
            )
        else:
            terms.append(f"c.{column} IN ({_list(chosen)})")
    return " AND ".join(terms) or "1"


def article_conditions(filters: Filters) -> list[str]:
    """SQL terms on an article `a`."""
    terms = []
    if filters.outlets:
        terms.append(f"a.outlet IN ({_list(filters.outlets)})")
    if filters.since:
        terms.append(f"a.published_on >= {_quoted(filters.since.isoformat())}")
    if filters.until:
        terms.append(f"a.published_on <= {_quoted(filters.until.isoformat())}")
    return terms


def programme_conditions(filters: Filters, table: str) -> list[str]:
    """SQL terms on whatever has a programme, under its alias."""
    return [f"{table}.programme IN ({_list(filters.programmes)})"] if filters.programmes else []


def _list(values: Iterable[str]) -> str:
    return ", ".join(map(_quoted, values))


def _quoted(value: str) -> str:
    """An SQL literal. Values come from the database's own key columns, and are quoted all the same."""
    return "'" + value.replace("'", "''") + "'"
