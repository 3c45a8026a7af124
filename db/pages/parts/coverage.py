"""Says what is known of a place: reported, mentioned, perhaps, silent or blind; in which days, by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from datasette.utils.asgi import Request

from db.file.views import load_views
from db.pages.parts.ask import Ask
from db.pages.parts.language import say, write_date
from db.pages.parts.said import Row
from db.records import WIB

#: From the most to the least that is known.
STATES = ("about", "mentioned", "perhaps", "silent", "blind")
PILLAR_STATES = ("reported", "not-yet", "mentioned", "silent", "blind")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BODY = re.compile(r"CREATE VIEW \w+ AS\b")
#: Of a regency's rows, one a programme, that which knows most.
_BEST = f"min(CASE state {' '.join(f'WHEN {state!r} THEN {n}' for n, state in enumerate(STATES))} END)"

#: First and last day of a window that a reader chose.
Window = tuple[str, str]


def read_day(text: str | None) -> date | None:
    """A day from an address; nothing where it is none."""
    try:
        return date.fromisoformat(text) if text and _DAY.fullmatch(text) else None
    except ValueError:
        return None


def read_window(request: Request) -> Window | None:
    """The window that an address names (`dari`, `sampai`); None where it names none, or not a whole one."""
    first, last = read_day(request.args.get("dari")), read_day(request.args.get("sampai"))
    return (first.isoformat(), last.isoformat()) if first and last and first <= last else None


def _within(window: Window | None, *views: str) -> tuple[str, dict[str, Any]]:
    """A WITH clause that works views out anew over the days of a window; nothing without one."""
    if window is None:
        return "", {}
    parts = ["coverage_window AS (SELECT :window_from AS window_from, :window_to AS window_to)"]
    parts += [
        f"{view} AS ({_BODY.sub('', load_views()[view], count=1)})" for view in ("outlet_watch", *views)
    ]
    return f"WITH {', '.join(parts)} ", {"window_from": window[0], "window_to": window[1]}


async def list_coverage(ask: Ask, window: Window | None = None) -> list[Row]:
    """Every regency once, with the most that is known of it."""
    clause, values = _within(window, "coverage")
    return await ask.all(
        f"{clause}SELECT *, {_BEST} AS rank FROM coverage GROUP BY code ORDER BY code", **values
    )


async def find_coverage(ask: Ask, code: str, window: Window | None = None) -> Row | None:
    clause, values = _within(window, "coverage")
    return await ask.one(
        f"{clause}SELECT *, {_BEST} AS rank FROM coverage WHERE code = :code GROUP BY code",
        code=code,
        **values,
    )


async def list_pillars(ask: Ask, where: str, window: Window | None = None, **values: Any) -> list[Row]:
    """Pillars in regencies, in the order of their codes."""
    clause, days = _within(window, "coverage", "pillar_coverage")
    return await ask.all(
        f"{clause}SELECT * FROM pillar_coverage WHERE {where} ORDER BY regency_code, pillar", **values, **days
    )


async def list_outlets(ask: Ask, code: str, window: Window | None = None) -> list[Row]:
    """The outlets that cover a regency, and how they were watched; those that were first."""
    clause, days = _within(window)
    return await ask.all(
        f"{clause}SELECT * FROM outlet_watch AS h WHERE NOT h.is_local OR EXISTS (SELECT 1 FROM "
        "outlet_regencies AS l WHERE l.outlet = h.outlet AND l.regency_code = :code) "
        "ORDER BY h.watched DESC, h.is_local DESC, h.name",
        code=code,
        **days,
    )


def count_states(rows: Sequence[Row], states: Sequence[str]) -> dict[str, int]:
    """How many rows are in each state; no number mixes two."""
    return {state: sum(row["state"] == state for row in rows) for state in states}


def write_span(first: str | None, last: str | None) -> str:
    """ "1 November – 12 Desember 2025": the year is said once where it is one."""
    if not first or not last:
        return say("coverage.no_window")
    shown = write_date(first)
    if first[:4] == last[:4] and first != last:
        shown = shown.removesuffix(f" {first[:4]}")
    return write_date(first) if first == last else f"{shown} – {write_date(last)}"


def tell_coverage(row: Row) -> str:
    """What is known of a regency, with the days that were looked at and the outlets that were watched."""
    counts = {"about": "articles_about", "mentioned": "articles_mentioning", "perhaps": "articles_perhaps"}
    state, span = row["state"], write_span(row["window_from"], row["window_to"])
    if state in counts:
        parts = [say(f"coverage.told_{state}", n=row[counts[state]], span=span)]
    elif state == "silent":
        parts = [say("coverage.told_silent", n=row["watched_outlets"], span=span)]
    elif row["covering_outlets"]:
        parts = [say("coverage.told_blind", n=row["covering_outlets"], span=span)]
    else:
        parts = [say("coverage.told_uncovered", span=span)]
    return "; ".join([*parts, *_watched(row)])


def _watched(row: Row) -> list[str]:
    """What limits a statement: outlets of the province alone, outlets that are not read now."""
    limits = []
    if row["watched_outlets"] and not row["watched_local_outlets"]:
        limits.append(say("coverage.provincial"))
    if row["unread_outlets"]:
        limits.append(say("coverage.unread", n=row["unread_outlets"], day=write_date(row["unread_since"])))
    return limits


def tell_watch(row: Row) -> str:
    """On how many days of the window an outlet was watched, and since when it is not read."""
    told = say("coverage.watched_days", n=row["watched_days"], all=row["days"] or 0)
    if row["days_from_files"]:
        told += f", {say('coverage.days_from_files', n=row['days_from_files'])}"
    if row["unread_since"]:
        told += f"; {say('coverage.unread_since', day=write_date(row['unread_since']))}"
    return told


#: Days after which a reader is told that nothing was published since.
STALE = 3


def describe_period(first: str | None, last: str | None, *, invented: bool) -> dict[str, Any]:
    """`window_from`, `window_to`, `invented` and `stale`: what is read later than it was made says so."""
    day = read_day(last)
    stale = day is not None and (datetime.now(WIB).date() - day).days > STALE
    return {"window_from": first, "window_to": last, "invented": invented, "stale": stale}
