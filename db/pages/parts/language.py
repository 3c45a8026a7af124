"""Indonesian first, English under `/en/`: the messages, and dates and numbers in the reader's form."""

from __future__ import annotations

import re
import tomllib
from contextvars import ContextVar
from functools import cache
from typing import Any

from db import dates
from db.describe import SITE, Words, load_descriptions
from db.export.words import find_heading as find_short_heading

#: Language of the request that is being answered; `db.pages.policy` sets it.
language: ContextVar[str] = ContextVar("language", default="id")


#: What English says of one thing and of several, in a message: "[n:story|stories]".
_PLURAL = re.compile(r"\[(\w+):([^|\]]*)\|([^\]]*)\]")


@cache
def load_messages() -> dict[str, Words]:
    """Key ("home.title") -> its text in both languages, from `site/messages.toml`."""
    with (SITE / "messages.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {
        f"{table}.{key}": Words(texts["id"], texts["en"])
        for table, entries in tables.items()
        for key, texts in entries.items()
    }


def say(key: str, **values: Any) -> str:
    """The message in the reader's language, with `{names}` filled in; numbers in the reader's form."""
    shown = {name: write_number(value) if isinstance(value, int) else value for name, value in values.items()}
    text = pick(load_messages()[key])
    if language.get() == "en":
        text = _PLURAL.sub(lambda found: found[2] if values[found[1]] == 1 else found[3], text)
    return text.format(**shown)


def say_term(group: str, value: str) -> str:
    """A word of the data ("launch") as the catalogue has it; itself where the catalogue lacks it."""
    return pick(load_messages().get(f"{group}.{value}", Words(value, value)))


def find_heading(table: str, column: str) -> str:
    """What people call a column: the site's own word, the exports', the first of its description, itself."""
    messages = load_messages()
    for key in (f"heading.{table}.{column}", f"heading.{column}"):
        if key in messages:
            return pick(messages[key])
    if table not in load_descriptions():
        return column
    return pick(find_short_heading(table, column)) or column


def pick(words: Words | str) -> str:
    """The reader's language of a text in both."""
    if isinstance(words, str):
        words = Words.read(words)
    return words.en or words.id if language.get() == "en" else words.id


def name_of(row: Any) -> str:
    """Name of a term that has `name` and `name_en`."""
    return str(row["name_en"] if language.get() == "en" and row["name_en"] else row["name"])


def write_number(value: float | None, digits: int = 0) -> str:
    """1234567 -> "1.234.567" in Indonesian, "1,234,567" in English; nothing is a dash."""
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}"
    return text if language.get() == "en" else text.translate(str.maketrans(",.", ".,"))


def write_date(iso: str | None, *, short: bool = False) -> str:
    """A date in the reader's language: "30 Oktober 2025"; what is no date stays as it is."""
    return dates.write_date(iso, language.get(), short=short) if iso else "–"


def write_dates(joined: str) -> str:
    """A date whose alternatives are joined with "|"."""
    return f" {say('word.or')} ".join(write_date(part) for part in joined.split("|"))


def write_time(iso: str | None) -> str:
    """ "2025-10-30T09:15:00+07:00" -> "30 Oktober 2025, 09.15 WIB"."""
    day, _, clock = (iso or "").partition("T")
    if not clock:
        return write_date(day)
    colon = ":" if language.get() == "en" else "."
    return f"{write_date(day)}, {clock[:2]}{colon}{clock[3:5]} WIB"


def write_bytes(size: int | None) -> str:
    """Bytes as kB, MB or GB (powers of ten)."""
    amount = float(size or 0)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{write_number(amount, 0 if unit == 'B' or amount >= 10 else 1)} {unit}"
        amount /= 1000
    return f"{write_number(amount, 1)} GB"
