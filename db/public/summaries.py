"""Keeps the larger views of a published file as tables: filled once, indexed, quick at any size.

The working database keeps plain views, as it changes all the time; `db.public.summary_file` helps its site.
Which columns a summary has is told by `views.sql` alone, so that both files look the same to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlite_utils import Database

from db.file.views import load_views

#: View -> its indexes as a table, each a list of columns. "" is a table without any.
SUMMARIES: Mapping[str, tuple[str, ...]] = {
    "relevant_articles": ("article", "published_on", "outlet, published_on", "story", "outlet_name"),
    "regency_articles": ("regency_code, published_on", "article"),
    "stories": ("story", "first_reported"),
    "story_weeks": ("grouping, key, week",),
    "regency_people": ("regency_code, stories", "name"),
    "dated_events": ("regency_code, date", "date"),
    "pilots": ("code", "regency_code", "regency"),
    "responsibility_matrix": ("regency_code", "pillar", "agency", "region"),
    "quantity_voices": ("measure, region, published_on", "regency_code"),
    "quantity_series": ("regency_code", "region"),
    "quantity_reports": ("measure, region, published_on", "regency_code, measure", "article", "measure_name"),
    "contested_quantities": ("regency_code", "region"),
    "outlet_health": ("outlet",),
    "coverage_window": (),
    "outlet_watch": ("outlet",),
    "coverage": ("code",),
    "pillar_coverage": ("regency_code", "pillar, state"),
    # With the kind, which the pages facet by, no row needs to be looked up to count.
    "all_claims": (
        "published_on",
        "article",
        "regency_code, published_on, kind_name",
        "kecamatan_code, published_on, kind_name",
        "pillar, published_on",
        "pillar, kind_name",
        "agency_type, published_on, kind_name",
        "outlet, published_on, kind_name",
        "kind_name, published_on",
        "kind, id",
        "sentence_id",
        "id",
    ),
    "agency_claims": ("agency_type, published_on", "office, published_on"),
    "offices": ("office", "type", "regency_code"),
    "officials": ("slug", "stories"),
    # The earlier texts themselves are not published.
    "claim_versions": ("claim",),
    # The requests themselves are not published: their addresses are also those of what was off the topic.
    "courtesy_days": ("day, host",),
    "courtesy": ("outlet",),
    "headline": (),
}

#: Indexes that only a published file has: with them a facet of a filtered table looks no row up.
_FACETED = {"facilities": ("pillar, regency_code",)}

#: Column -> what it refers to, where an index begins with it: Datasette then shows names for codes.
_REFERS = {
    "article": "articles(id)",
    "outlet": "outlets(slug)",
    "regency_code": "regencies(code)",
    "kecamatan_code": "kecamatan(code)",
    "pillar": "pillars(id)",
    "agency_type": "agency_types(id)",
}

#: Views without an order of their own, which the table's rows need: the same store gives the same bytes.
_ORDER = {
    "relevant_articles": "ORDER BY published_on DESC, article, programme",
    "quantity_reports": "ORDER BY region, measure, published_on, value, claim",
    "all_claims": "ORDER BY published_on DESC, article, kind, label, id",
}


def build_summaries(db: Database) -> None:
    """Make every view of a file that holds none yet: those of `SUMMARIES` as tables, the rest as views."""
    fill_summaries(db, refer=True)
    for name, statement in load_views().items():
        if name not in SUMMARIES:
            db.execute(statement)
    for name, indexes in _FACETED.items():
        _create_indexes(db, name, indexes)


def fill_summaries(db: Database, *, refer: bool = False) -> None:
    """Make the tables of `SUMMARIES` in the main file, from what it or an attached one holds.

    With `refer` they have foreign keys to the tables of the same file.
    """
    for name, statement in load_views().items():
        if name in SUMMARIES:
            draft = f"_{name}"
            db.execute(statement.replace(f"CREATE VIEW {name} ", f"CREATE TEMP VIEW {draft} ", 1))
            _create_table(db, name, draft, refer=refer)
            db.execute(f"DROP VIEW temp.{draft}")


def differing_summaries(db: Database) -> Iterator[str]:
    """The summaries of a published file that are not what its tables give.

    Those of requests and of earlier texts can't be asked: of them a published file has the sums alone. Nor
    can what depends on the day on which it was published.
    """
    for name, statement in load_views().items():
        if name not in SUMMARIES or re.search(
            r"\b(FROM|JOIN) (fetches|article_versions)\b|date\('now'", statement
        ):
            continue
        draft = f"_{name}"
        db.execute(statement.replace(f"CREATE VIEW {name} ", f"CREATE TEMP VIEW {draft} ", 1))
        differing = (
            f"SELECT (SELECT count(*) FROM main.{name}) <> (SELECT count(*) FROM temp.{draft}) OR "
            f"EXISTS (SELECT * FROM main.{name} EXCEPT SELECT * FROM temp.{draft})"
        )
        if db.execute(differing).fetchone()[0]:
            yield name
        db.execute(f"DROP VIEW temp.{draft}")


def missing_summaries(db: Database) -> list[str]:
    """What the pages look at and the file lacks, because another release published it."""
    existing = {row[0] for row in db.execute("SELECT name FROM sqlite_master").fetchall()}
    return sorted(set(load_views()) - existing)


def _create_table(db: Database, name: str, draft: str, *, refer: bool) -> None:
    leading = {index.split(",")[0].strip() for index in SUMMARIES[name]}
    columns = []
    for row in db.execute(f'PRAGMA temp.table_xinfo("{draft}")').fetchall():
        column = f'"{row["name"]}" {row["type"]}'.rstrip()
        if refer and row["name"] in leading and row["name"] in _REFERS:
            column += f" REFERENCES {_REFERS[row['name']]}"
        columns.append(column)
    db.execute(f"CREATE TABLE main.{name} ({', '.join(columns)})")
    db.execute(f"INSERT INTO main.{name} SELECT * FROM temp.{draft} {_ORDER.get(name, '')}")
    _create_indexes(db, name, SUMMARIES[name])


def _create_indexes(db: Database, name: str, indexes: Iterable[str]) -> None:
    for index in indexes:
        label = "_".join(part.strip() for part in index.split(","))
        db.execute(f"CREATE INDEX main.{name}_by_{label} ON {name}({index})")
