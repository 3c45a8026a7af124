"""Whether a database is sound: SQLite's own checks, what refers to what, and every quote against its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sqlite_utils import Database

from db.errors import explained
from db.file.read_only import copy_aside, may_write
from db.file.session import Session
from db.tables.claims import CLAIM_TYPES

#: Problems of one kind that are told one by one; the rest are counted.
TOLD = 5

_QUOTES = """
SELECT e.article, a.title, a.text, e.kind, e.claim, e.quote, e.field, e.start, e."end", s.sentence
FROM evidence AS e JOIN articles AS a ON a.id = e.article JOIN sentences AS s ON s.id = e.sentence_id
ORDER BY e.article, e.kind, e.claim, e.ordinal
"""
_FIRST = """
SELECT c.id FROM {table} AS c JOIN evidence AS e ON e.kind = '{table}' AND e.claim = c.id AND e.ordinal = 0
WHERE (c.quote, c.field, c.start, c."end", c.sentence_id)
    IS NOT (e.quote, e.field, e.start, e."end", e.sentence_id)
"""


def check_database(path: Path | str, *, archive: Path | None = None) -> list[str]:
    """What is wrong with a working database, one line each; nothing is written.

    With `archive`, the WARC files that articles point to are looked for there. Raises `StoreError` when the
    file can't even be opened.
    """
    with Session(path, read_only=True) as session, explained(path):
        db = session.db
        # Of a damaged file nothing else can be trusted.
        problems = list(_limited("damaged", _column(db, "PRAGMA integrity_check", leave="ok")))
        if problems:
            return [f"{problem}; put a backup in its place" for problem in problems]
        problems += _limited(
            "broken reference",
            [f"{row[0]} has a row without its {row[2]}" for row in db.execute("PRAGMA foreign_key_check")],
        )
        problems += check_indexes(path)
        problems += check_orphans(db)
        problems += check_quotes(db)
        if archive is not None:
            problems += check_pointers(db, archive)
    return problems


def check_orphans(db: Database, schema: str = "main") -> list[str]:
    """Claims without evidence and evidence without its claim: no foreign key ties those two."""
    problems = []
    for table in CLAIM_TYPES:
        claims, evidence = db.execute(
            f"SELECT (SELECT count(*) FROM {schema}.{table} WHERE id NOT IN "
            f"(SELECT claim FROM {schema}.evidence WHERE kind = :kind AND ordinal = 0)), "
            f"(SELECT count(*) FROM {schema}.evidence WHERE kind = :kind "
            f"AND claim NOT IN (SELECT id FROM {schema}.{table}))",
            {"kind": table},
        ).fetchone()
        if claims:
            problems.append(f"{claims} claims in {table} have no evidence")
        if evidence:
            problems.append(f"{evidence} pieces of evidence have no claim in {table}")
    return problems


def check_indexes(path: Path | str) -> list[str]:
    """Whether the full-text indexes fit their tables. Asks in a transaction that is taken back.

    SQLite asks with a statement that writes: what may not be written is asked of a copy.
    """
    problems = []
    path = Path(path)
    path = path if may_write(path) else copy_aside(path)
    with explained(path):
        conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            for index in ("articles_fts", "sentences_fts"):
                conn.execute("BEGIN")
                try:
                    conn.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
                except sqlite3.OperationalError:
                    raise  # locked, or on a medium that can't be written: not the index's fault
                except sqlite3.DatabaseError:
                    problems.append(f"the full-text index {index} does not fit its table")
                finally:
                    if conn.in_transaction:
                        conn.execute("ROLLBACK")
        finally:
            conn.close()
    return problems


def check_quotes(db: Database) -> list[str]:
    """Quotes that are not where they say, sentences that no text has, claims that differ from both."""
    problems = list(_limited("misquoted", _misquoted(db)))
    for table in CLAIM_TYPES:
        rows = _column(db, _FIRST.format(table=table))
        problems += _limited(f"{table}: differs from its evidence", rows)
    return problems


def _misquoted(db: Database) -> Iterator[str]:
    rows = db.execute(_QUOTES)
    for article, of_article in groupby(rows, key=lambda row: row["article"]):
        for row in of_article:
            source = row["title"] if row["field"] == "title" else row["text"]
            where = f"article {article}, {row['kind']} {row['claim']}: {row['quote'][:40]!r}"
            if source[row["start"] : row["end"]] != row["quote"] or not row["quote"]:
                yield f"{where} is not at {row['start']}-{row['end']} of the {row['field']}"
            elif row["sentence"] not in source:
                yield f"{where}: its sentence is not in the {row['field']}"


def check_pointers(db: Database, archive: Path) -> list[str]:
    """WARC files that articles point to and that are not there."""
    missing = [
        f"{row['warc_file']}, to which {row['articles']} articles point"
        for row in db.execute(
            "SELECT warc_file, count(*) AS articles FROM articles "
            "WHERE warc_file IS NOT NULL GROUP BY warc_file ORDER BY warc_file"
        ).fetchall()
        if not (archive / row["warc_file"]).exists()
    ]
    return list(_limited(f"the archive {archive} lacks", missing))


def _column(db: Database, sql: str, *, leave: str = "") -> list[str]:
    return [str(row[0]) for row in db.execute(sql).fetchall() if row[0] != leave]


def _limited(label: str, problems: Iterator[str] | list[str]) -> Iterator[str]:
    """The first of many, and how many more there are."""
    count = 0
    for count, problem in enumerate(problems, start=1):
        if count <= TOLD:
            yield f"{label}: {problem}"
    if count > TOLD:
        yield f"{label}: {count - TOLD} more like these"
