"""Tables of a TOML file as records: each value checked against the record's type, each mistake one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from crawler.html.select import SelectorError, compile_drop, compile_selector
from crawler.html.words import any_of

Confidence = Literal["high", "medium", "low"]
Kind = Literal["listing", "tag", "search", "feed", "sitemap", "wp-json"]


class OutletError(ValueError):
    """An outlet or platform file that can't be used; one line that names file, key and what is allowed."""


def names_of(record: type) -> tuple[str, ...]:
    """The keys that a table of this record may have."""
    return tuple(f.name for f in fields(record))


def check_keys(path: Path, where: str, data: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    """Refuse a key that is not allowed, naming those that are; raises OutletError."""
    for key in data:
        if key not in allowed:
            place = f"[{where}] " if where else ""
            raise OutletError(f"{path}: unknown key {place}{key!r}; allowed: {', '.join(sorted(allowed))}")


def as_list(value: Any) -> list[Any]:
    """A list, also of a single value."""
    return list(value) if isinstance(value, list) else [value]


def build_record(path: Path, where: str, record: type[Any], data: Any) -> Any:
    """One table as a record; raises OutletError."""
    if not isinstance(data, dict):
        raise OutletError(f"{path}: {where!r} must be a table")
    check_keys(path, where, data, names_of(record))
    made = {key: build_value(path, where, key, record, value) for key, value in data.items()}
    try:
        return record(**made)
    except TypeError as error:
        missing = re.findall(r"'(\w+)'", str(error))
        raise OutletError(f"{path}: [{where}] lacks {', '.join(missing)}") from None


def build_value(path: Path, where: str, key: str, record: type, value: Any) -> Any:
    """One value of a file as the type that the record says; raises OutletError."""
    kind = str(next(f.type for f in fields(record) if f.name == key))
    place = f"[{where}] {key}" if where else key

    def bad(wanted: str) -> OutletError:
        return OutletError(f"{path}: {place} = {value!r} must be {wanted}")

    if kind in ("SelectorList", "Drop"):
        try:
            if kind == "Drop":
                return compile_drop(as_list(value))
            return tuple(compile_selector(s) for s in as_list(value))
        except (SelectorError, AttributeError) as error:
            raise OutletError(f"{path}: {place}: {error}") from None
    if kind == "re.Pattern[str]":
        try:
            single = not isinstance(value, list) and key in ("url", "not_url", "dateline", "follow")
            return re.compile(value) if single else any_of(as_list(value))
        except (re.error, TypeError) as error:
            raise OutletError(f"{path}: {place} = {value!r} is no regular expression: {error}") from None
    if kind == "tuple[str, ...]":
        if not all(isinstance(v, str) for v in as_list(value)):
            raise bad("a list of strings")
        return tuple(as_list(value))
    if kind in ("date | None", "date"):
        if isinstance(value, datetime) or not isinstance(value, date):
            raise bad("a date such as 2025-10-30, without quotes")
        return value
    if kind in ("int", "int | None"):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise bad("a number that is not negative")
        return value
    if kind == "bool":
        if not isinstance(value, bool):
            raise bad("true or false")
        return value
    choices: tuple[str, ...] = ()
    if kind in ("Confidence", "Kind"):
        choices = get_args({"Confidence": Confidence, "Kind": Kind}[kind])
    elif kind.startswith("Literal["):
        choices = tuple(re.findall(r"\"(\w+)\"", kind)) or tuple(re.findall(r"'(\w+)'", kind))
    if choices and value not in choices:
        raise bad(f"one of {', '.join(choices)}")
    if not isinstance(value, str):
        raise bad("a string")
    return value
