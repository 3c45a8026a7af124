"""Asks the one database that is served, and turns claims into what a reader reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup

from db.claim_kinds import CLAIM_TYPES, KINDS
from db.pages.parts.language import say_term
from db.pages.parts.said import Row, describe_claim

#: Longest title or sentence in a list, in characters; its own page has all of it.
LONGEST = 600


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

    async def sections(self, column: str, key: str) -> list[Row]:
        """Kinds of claims that are listed by themselves, each with its `claims` of a place or pillar, if any.

        `column` is the foreign key of `all_claims` that bears `key`.
        """
        found = [
            {
                "kind": kind.table,
                "claims": await self.claims(
                    f"{column} = :key AND kind_name = :kind", key=key, kind=kind.name, limit=30
                ),
            }
            for kind in KINDS
            if kind.section
        ]
        return [section for section in found if section["claims"]]

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
