"""The columns of exported tables, what a database file has of them, and the SQL that they share."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from db.claim_kinds import CLAIM_TYPES
from db.public.excerpts import LARGEST_SHARE, LONGEST

Kind = Literal["text", "integer", "number", "date", "moment", "link", "list"]
#: What a column is about: the claim itself, where it stands in the press, or how it came here.
Group = Literal["claim", "source", "trace"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table."""

    name: str
    sql: str
    kind: Kind = "text"
    group: Group = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it is exported. `rows` is a query for `columns`, and last the room that a sentence has."""

    name: str
    columns: tuple[Column, ...]
    rows: str
    key: tuple[str, ...]
    foreign: dict[str, tuple[str, str]] = field(default_factory=dict)  # column -> table, column
    reference: bool = False  # a list of terms, not of what was reported

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in self.columns]


KINDS: dict[str, Kind] = {
    "published_on": "date",
    "published_at": "moment",
    "modified_at": "moment",
    "fetched_at": "moment",
    "url": "link",
    "home": "link",
    "authors": "list",
    "tags": "list",
}
DECLARED: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number"}

#: Where a claim `c` stands: its article `a`, the reading `e` of it, its outlet `o`.
FROM = """
FROM {table} AS c
JOIN extractions AS e ON e.article = c.article AND e.programme = c.programme AND e.relevant = 1
JOIN articles AS a ON a.id = c.article
JOIN outlets AS o ON o.slug = a.outlet"""

SOURCE = (
    Column("quote", "c.quote", "text", "source"),
    Column("sentence", "c.sentence", "text", "source"),
    Column("outlet_name", "o.name", "text", "source"),
    Column("title", "a.title", "text", "source"),
    Column("published_on", "a.published_on", "date", "source"),
    Column("url", "a.url", "link", "source"),
)
ARCHIVE = (
    Column("warc_file", "a.warc_file", "text", "trace"),
    Column("warc_offset", "a.warc_offset", "integer", "trace"),
    Column("warc_digest", "a.warc_digest", "text", "trace"),
)
OF_CLAIM = (
    Column("confidence", "c.confidence", "number", "trace"),
    Column("rule", "c.rule", "text", "trace"),
    Column("field", "c.field", "text", "trace"),
    Column("start", "c.start", "integer", "trace"),
    Column("end", 'c."end"', "integer", "trace"),
    Column("origin", "c.origin", "text", "trace"),
    Column("reason", "c.reason", "text", "trace"),
)
OF_ARTICLE = (
    Column("outlet", "a.outlet", "text", "trace"),
    Column("article", "a.id", "text", "trace"),
    Column("story", "coalesce(a.story, a.id)", "text", "trace"),
)
LAST = (
    Column("extractor_version", "c.extractor_version", "text", "trace"),
    Column("programme", "c.programme", "text", "trace"),
)
#: A key that may be several kinds of agency ("a|b") in words.
AGENCY_NAME = """coalesce((SELECT group_concat(t.name, ' | ') FROM agency_types AS t
    WHERE '|' || {key} || '|' LIKE '%|' || t.id || '|%'), {key})"""

#: What stands for a key in the eyes of people: table, its column -> column, SQL.
IN_WORDS = {
    "pillar": Column("pillar_name", "(SELECT t.name FROM pillars AS t WHERE t.id = c.pillar)"),
    "measure": Column(
        "measure_name", "coalesce((SELECT t.name FROM measures AS t WHERE t.id = c.measure), c.measure)"
    ),
}

REFERENCE = ("outlets", "pillars", "agency_types", "measures", "regencies", "kecamatan", "villages")


#: SQL that is a column as it stands.
_PLAIN = re.compile(r'(?P<table>[ac])\."?(?P<name>\w+)"?')


class Schema:
    """What a database file has: the private one, a public one, an older or a newer one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        names = [
            str(row[0])
            for row in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        ]
        self.columns: dict[str, dict[str, str]] = {}
        self.foreign: dict[str, dict[str, tuple[str, str]]] = {}
        for name in names:
            info = db.execute("SELECT name, type FROM pragma_table_xinfo(?)", [name]).fetchall()
            self.columns[name] = {str(row[0]): str(row[1]) for row in info}
            keys = db.execute(
                'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', [name]
            ).fetchall()
            self.foreign[name] = {str(row[0]): (str(row[1]), str(row[2])) for row in keys}

    @property
    def claims(self) -> dict[str, list[str]]:
        """Table of claims -> its columns, for those that the file has."""
        return {table: list(self.columns[table]) for table in CLAIM_TYPES if table in self.columns}

    def keep(self, table: str, columns: Iterable[Column]) -> tuple[Column, ...]:
        """Those of the columns that this file has, in its articles `a` and in the table of claims `c`."""
        has = {"a": self.columns["articles"], "c": self.columns.get(table, {})}
        return tuple(
            column
            for column in columns
            if not (plain := _PLAIN.fullmatch(column.sql)) or plain["name"] in has[plain["table"]]
        )

    @property
    def room(self) -> str:
        """SQL for the characters that a sentence may take: an export never carries an article's text.

        A public file has no texts and its sentences are cut already.
        """
        if "text" not in self.columns["articles"]:
            return "NULL"
        share = f"CAST(length(a.text) * {LARGEST_SHARE} AS INTEGER)"
        return f"CASE WHEN c.field = 'text' THEN min({LONGEST}, {share}) END"


def select(columns: Sequence[Column], schema: Schema) -> str:
    listed = ",\n       ".join(f'{column.sql} AS "{column.name}"' for column in columns)
    return f"SELECT {listed},\n       {schema.room} AS room"


def find_foreign(schema: Schema, table: str, columns: Iterable[Column]) -> dict[str, tuple[str, str]]:
    """Keys to other exported tables: those of the claim's table, and to article and outlet."""
    known = {
        column: target for column, target in schema.foreign.get(table, {}).items() if target[0] in REFERENCE
    }
    known |= {"article": ("articles", "id"), "outlet": ("outlets", "slug")}
    return {column.name: known[column.name] for column in columns if column.name in known}
