"""The gate through which what was read goes to become a record: text that every store takes. Pure.

JSON can spell half of a surrogate pair (an emoji that was cut) and a NUL, and a page may hold
control characters. UTF-8 has no such halves, and SQLite, XML and spreadsheets stumble over the rest.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from db.records import Article, Refusal

_HALF = re.compile("[\ud800-\udfff]")
#: Control characters but for tab and line feed, and what Unicode says is no character.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def to_storable(text: str) -> str:
    """The text with a replacement character for each half of a pair, and without what can't be seen."""
    return _UNSEEN.sub("", _HALF.sub("\N{REPLACEMENT CHARACTER}", text))


def gate(record: Article | Refusal) -> Article | Refusal:
    """The record with every text in it storable."""
    changed: dict[str, Any] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if isinstance(value, str):
            clean: Any = to_storable(value)
        elif isinstance(value, tuple):
            clean = tuple(to_storable(item) for item in value)
        else:
            continue
        if clean != value:
            changed[one.name] = clean
    return replace(record, **changed) if changed else record
