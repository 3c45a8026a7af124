"""Tables of TOML files as dataclasses, strictly: a mistake is one line with file, table and key.

The types of a dataclass's fields say what its table may hold; `Must` and `Made`, in `Annotated`, say what
types can't. Every floor reads its files through here and gives the reader its own error. Standard library
only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from db.guess import suggest

R = TypeVar("R")

_PLAIN: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    date: "a date such as 2025-10-30, without quotes",
    datetime: "a date and a time, without quotes",
}


@dataclass(frozen=True, slots=True)
class Must:
    """Beside a type: what a value must be beyond it, in words and as a test."""

    wanted: str
    holds: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Made:
    """Beside a type that TOML lacks: the type that the file gives, and what makes the value of it.

    `make` raises ValueError with a line that says what is wrong.
    """

    given: Any
    make: Callable[[Any], object]


#: Types that several records share.
Filled = Annotated[str, Must("a text that is not empty", str.strip)]
Natural = Annotated[int, Must("a whole number, not negative", lambda number: number >= 0)]


_types: dict[type, Mapping[str, Any]] = {}


def types_of(record: type) -> Mapping[str, Any]:
    """The fields of a dataclass, each with its type, `Annotated` kept; made once for each."""
    if record not in _types:
        hints = get_type_hints(record, include_extras=True)
        _types[record] = {f.name: hints[f.name] for f in fields(record)}
    return _types[record]


def needed_by(record: type) -> tuple[str, ...]:
    """The fields of a dataclass that have no default."""
    return tuple(f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING)


@dataclass(frozen=True, slots=True)
class TomlReader:
    """Reads one file. `where` is the table as a person finds it: "[article]", "[[reject]] 2"."""

    path: Path
    error: type[Exception]
    lone: bool = False  # whether a single value may stand for a list of one

    def fail(self, what: str, where: str = "") -> Exception:
        """The error of this file, to be raised."""
        return self.error(": ".join(part for part in (str(self.path), where, what) if part))

    def load(self) -> dict[str, Any]:
        """The whole file as plain values."""
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            raise self.fail("no such file") from None
        except (OSError, UnicodeDecodeError) as error:
            raise self.fail(f"can't be read: {getattr(error, 'strerror', None) or error}") from None
        return self.parse(text)

    def parse(self, text: str) -> dict[str, Any]:
        """Text of the file, where not all of it is TOML."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self.fail(f"no valid TOML: {error}") from None

    def check_keys(self, table: Iterable[str], allowed: Iterable[str], where: str = "") -> None:
        """Refuse the first key that is none of those, with what was meant or may stand there."""
        known = list(allowed)
        for key in table:
            if key not in known:
                hint = suggest(key, known, otherwise="allowed here")
                raise self.fail(f"unknown key {key!r}; {hint}", where)

    def tables(self, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        """What stands under `[[key]]`; none is an empty list."""
        tables = data.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.fail(f"{key!r} must be written [[{key}]]")
        return tables

    def table(self, data: Mapping[str, Any], key: str) -> dict[str, Any]:
        """What stands under `[key]`; none is an empty one."""
        table = data.get(key, {})
        if not isinstance(table, dict):
            raise self.fail(f"{key!r} must be a table, written [{key}]")
        return table

    def record(self, kind: type[R], table: Mapping[str, Any], where: str = "", **given: Any) -> R:
        """A table as a dataclass; `given` are the fields that the file does not say."""
        types = {name: one for name, one in types_of(kind).items() if name not in given}
        needed = [name for name in needed_by(kind) if name in types]
        values = self.values(types, table, where, needed)
        try:
            return kind(**values, **given)
        except ValueError as error:  # what only the whole record shows
            raise self.fail(str(error), where) from None

    def values(
        self, types: Mapping[str, Any], table: Mapping[str, Any], where: str = "", needed: Iterable[str] = ()
    ) -> dict[str, Any]:
        """The values of a table with these keys."""
        self.check_keys(table, types, where)
        if missing := [key for key in needed if key not in table]:
            raise self.fail(f"lacks {', '.join(map(repr, missing))}", where)
        return {key: self.value(types[key], value, key, where) for key, value in table.items()}

    def value(self, kind: Any, value: Any, key: str, where: str = "") -> Any:
        """The value of a key as its type says."""
        rules: tuple[Any, ...] = ()
        if get_origin(kind) is Annotated:
            kind, *rest = get_args(kind)
            rules = tuple(rest)
        must = next((rule for rule in rules if isinstance(rule, Must)), None)
        made = next((rule for rule in rules if isinstance(rule, Made)), None)
        if made:
            read = self.value(made.given, value, key, where)
        else:
            read = self._typed(kind, value, key, where, must.wanted if must else "")
        if must and not must.holds(read):
            raise self._bad(value, must.wanted, key, where)
        try:
            return made.make(read) if made else read
        except ValueError as error:
            raise self.fail(f"{key}: {error}", where) from None

    def _typed(self, kind: Any, value: Any, key: str, where: str, wanted: str) -> Any:
        """A value of a type without rules beside it; `wanted` says in words what its rules ask for."""
        origin = get_origin(kind)
        if origin in (Union, UnionType):  # TOML has no null: what may be none is left out
            [kind] = [one for one in get_args(kind) if one is not type(None)]
            return self.value(kind, value, key, where)
        if origin is Literal:
            if value not in get_args(kind):
                raise self._bad(value, f"one of {', '.join(map(str, get_args(kind)))}", key, where)
            return value
        if origin is tuple:
            return self._entries(get_args(kind)[0], value, key, where, wanted)
        if kind is Any:
            return value
        if origin is not None or is_dataclass(kind):
            if not isinstance(value, dict):
                raise self._bad(value, wanted or "a table", key, where)
            inner = f"{where}: {key}" if where else key
            if origin is None:
                return self.record(kind, value, inner if key.startswith("[") else f"[{inner}]")
            return {name: self.value(get_args(kind)[1], one, name, inner) for name, one in value.items()}
        if type(value) is not kind:  # a bool is no int, a datetime no date
            raise self._bad(value, wanted or _PLAIN[kind], key, where)
        return value

    def _entries(self, kind: Any, value: Any, key: str, where: str, wanted: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            if not self.lone:
                raise self._bad(value, wanted or "a list", key, where)
            return (self.value(kind, value, key, where),)
        label = f"[[{key}]]" if is_dataclass(kind) else f"{key}, entry"
        return tuple(self.value(kind, one, f"{label} {number}", where) for number, one in enumerate(value, 1))

    def _bad(self, value: Any, wanted: str, key: str, where: str) -> Exception:
        return self.fail(f"{key} = {_as_written(value)} must be {wanted}", where)


def _as_written(value: Any) -> str:
    """A value for a complaint, much as its file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else repr(value)
