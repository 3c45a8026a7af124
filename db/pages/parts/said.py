"""What a claim says, in a few words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from db.claim_kinds import KIND_OF, Column
from db.pages.parts.language import name_of, say, say_term, write_dates, write_number

Row = Mapping[str, Any]
#: Table of terms -> key -> its row.
Terms = Mapping[str, Mapping[str, Row]]

#: A part that may be left out, or a field.
_PART = re.compile(r"\[([^\[\]]*)\]|\{([^{}]*)\}")


def describe_claim(table: str, claim: Row, terms: Terms) -> str:
    """What a claim of a table says, as `ClaimKind.shown` has it."""
    kind = KIND_OF[table]
    columns = {column.name: column for column in kind.columns}

    def write(names: str) -> str:
        name = next((name for name in names.split("|") if claim[name] not in (None, "")), "")
        return _write(columns[name], claim, terms) if name else ""

    def fill(match: re.Match[str]) -> str:
        optional, field = match.groups()
        if field is not None:
            return write(field)
        written = [write(part[2]) for part in _PART.finditer(optional)]
        return _PART.sub(lambda _: written.pop(0), optional) if all(written) else ""

    return _PART.sub(fill, kind.shown)


def _write(column: Column, claim: Row, terms: Terms) -> str:
    value = claim[column.name]
    match column.says:
        case "area":
            return join_alternatives(value)
        case "pillar":
            return name_terms(value, terms["pillars"])
        case "agency":
            return name_terms(value, terms["agency_types"])
        case "measure":
            return name_of(terms["measures"][value]) if value in terms["measures"] else str(value)
        case "count":
            return write_quantity(value, terms["measures"].get(claim["measure"]))
        case "dates":
            return write_dates(value)
        case "event" | "status" | "role" | "state":
            return say_term(column.says, value)
        case _:
            return str(value)


def join_alternatives(text: str | None) -> str:
    """ "Kabupaten Magelang|Kota Magelang" -> "Kabupaten Magelang atau Kota Magelang"."""
    return (text or "").replace("|", f" {say('word.or')} ")


def name_terms(keys: str, terms: Mapping[str, Row]) -> str:
    """Names of keys joined with "|"."""
    return join_alternatives(
        "|".join(name_of(terms[key]) if key in terms else key for key in keys.split("|"))
    )


def write_quantity(value: int, measure: Row | None) -> str:
    """A figure in its unit; rupiah before it, other units are told by the measure's name."""
    number = write_number(value)
    return f"Rp{number}" if measure and measure["unit"] == "rupiah" else number
