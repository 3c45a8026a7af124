"""Asks the one database that is served, and turns claims into what a reader reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from db.pages.parts.language import name_of, say, say_term, write_dates, write_number
from db.tables.claims import CLAIM_TYPES

#: Longest title or sentence in a list, in characters; its own page has all of it.
LONGEST = 600

Row = Mapping[str, Any]


def find_site(datasette: Datasette) -> str:
    """The name of the one database that is served."""
    names: list[str] = [name for name in datasette.databases if not name.startswith("_")]
    return names[0]


class Ask:
    """Short queries for one page, each under Datasette's time limit."""

    def __init__(self, datasette: Datasette) -> None:
        self.datasette = datasette
        self.site = find_site(datasette)
        self._terms: dict[str, dict[str, Row]] = {}

    async def all(self, sql: str, **values: Any) -> list[Row]:
        found = await self.datasette.get_database(self.site).execute(sql, values)
        return [dict(row) for row in found.rows]

    async def one(self, sql: str, **values: Any) -> Row | None:
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def value(self, sql: str, **values: Any) -> Any:
        row = await self.one(sql, **values)
        return next(iter(row.values())) if row else None

    async def terms(self, table: str) -> dict[str, Row]:
        """Key -> row of `pillars`, `agency_types`, `measures` or `outlets`, in their own order."""
        if table not in self._terms:
            key = "slug" if table == "outlets" else "id"
            self._terms[table] = {
                row[key]: row for row in await self.all(f"SELECT * FROM {table} ORDER BY rowid")
            }
        return self._terms[table]

    async def claims(
        self, where: str, order: str = "published_on DESC", limit: int = 20, **values: Any
    ) -> list[Row]:
        """Claims of `all_claims`, described in the reader's language."""
        rows = await self.all(
            f"SELECT * FROM all_claims WHERE {where} ORDER BY {order} LIMIT {limit:d}", **values
        )
        return await self.described(rows)

    async def described(self, rows: Sequence[Row]) -> list[Row]:
        """Rows with `kind` and `id`: what each claims as `said`, its kind as `kind_said`, who says so."""
        ids: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            ids[row["kind"]].append(row["id"])
        own: dict[tuple[str, str], Row] = {}
        for kind, wanted in ids.items():
            if kind not in CLAIM_TYPES:
                continue
            for start in range(0, len(wanted), 500):
                some = wanted[start : start + 500]
                marks = ", ".join(f":id{number}" for number in range(len(some)))
                named = {f"id{number}": value for number, value in enumerate(some)}
                for claim in await self.all(f"SELECT * FROM {kind} WHERE id IN ({marks})", **named):
                    own[kind, claim["id"]] = claim
        terms = {table: await self.terms(table) for table in ("pillars", "agency_types", "measures")}
        return [
            {
                **row,
                "origin": own[row["kind"], row["id"]]["origin"],
                "reason": own[row["kind"], row["id"]]["reason"],
                "said": describe_claim(row["kind"], own[row["kind"], row["id"]], terms),
                "kind_said": say_term("kind", row["kind"]),
            }
            for row in rows
            if (row["kind"], row["id"]) in own
        ]


def join_alternatives(text: str | None) -> str:
    """ "Kabupaten Magelang|Kota Magelang" -> "Kabupaten Magelang atau Kota Magelang"."""
    return (text or "").replace("|", f" {say('word.or')} ")


def name_terms(keys: str, terms: Mapping[str, Row]) -> str:
    """Names of keys joined with "|"."""
    return join_alternatives(
        "|".join(name_of(terms[key]) if key in terms else key for key in keys.split("|"))
    )


def describe_claim(kind: str, claim: Row, terms: Mapping[str, Mapping[str, Row]]) -> str:
    """What a claim says, in a few words of the reader's language."""

    def within(region: str) -> str:
        return f" ({join_alternatives(region)})" if region else ""

    match kind:
        case "article_regencies":
            return join_alternatives(claim["name"])
        case "pilot_kecamatan":
            return f"{join_alternatives(claim['kecamatan'])}, {join_alternatives(claim['regency'])}"
        case "other_kecamatan":
            place = f"{join_alternatives(claim['kecamatan'])}, {join_alternatives(claim['regency'])}"
            return f"{place} – {say_term('status', claim['status'])}"
        case "article_pillars":
            return name_terms(claim["pillar"], terms["pillars"])
        case "agencies":
            return f"{claim['name']}{within(claim['region'])}"
        case "responsibilities":
            agency = claim["agency_name"] or name_terms(claim["agency"], terms["agency_types"])
            return f"{agency} → {name_terms(claim['pillar'], terms['pillars'])}{within(claim['region'])}"
        case "people":
            return f"{claim['name']}, {claim['role']}" if claim["role"] else str(claim["name"])
        case "quantities":
            measure = terms["measures"].get(claim["measure"])
            name = name_of(measure) if measure else claim["measure"]
            return f"{name}: {write_quantity(claim['value'], measure)}{within(claim['region'])}"
        case "events":
            return (
                f"{say_term('event', claim['event'])}, {write_dates(claim['date'])}{within(claim['region'])}"
            )
        case _:
            places = (claim["village"], claim["kecamatan"], claim["regency"])
            where = ", ".join(join_alternatives(place) for place in places if place)
            return f"{name_terms(claim['pillar'], terms['pillars'])}: {where}"


def write_quantity(value: int, measure: Row | None) -> str:
    """A figure in its unit; rupiah before it, other units are told by the measure's name."""
    number = write_number(value)
    return f"Rp{number}" if measure and measure["unit"] == "rupiah" else number


def shorten(text: str | None, longest: int = LONGEST) -> str:
    """At most `longest` characters, whole words where there are any."""
    text = text or ""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut[: cut.rfind(' ')] if cut.rfind(' ') > longest // 2 else cut}…"


def mark_quote(sentence: str | None, quote: str | None, longest: int = LONGEST) -> Markup:
    """The sentence with its quote marked; a long one is cut around the quote."""
    sentence, quote = sentence or "", quote or ""
    at = sentence.find(quote) if quote else -1
    if at < 0:
        return Markup("{}").format(shorten(sentence, longest))
    shown = shorten(quote, longest)
    spare = max(longest - len(shown), 0) // 2
    before, after = sentence[:at], sentence[at + len(quote) :]
    if len(before) > spare:
        before = f"…{before[len(before) - spare :]}"
    if len(after) > spare:
        after = f"{after[:spare]}…"
    return Markup("{}<mark>{}</mark>{}").format(before, shown, after)


def is_link(url: str | None) -> bool:
    """Whether an address of the data may be a link: nothing but the web's own."""
    return (url or "").startswith(("https://", "http://"))
