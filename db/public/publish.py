"""The public database: facts, quotes, sentences and links of articles on the programme, never their text.

It is built beside the old one, checked, and renamed over it; when a check or a bound fails, the old
one stays. The same store gives the same bytes.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from db.claim_kinds import CLAIM_TYPES
from db.errors import StoreError, explained
from db.file.connection import PUBLIC_ID, open_published
from db.file.migrations import apply_migrations, check_schema, schema_version
from db.file.replace import replace_on_disk
from db.file.session import Session
from db.public.excerpts import shorten_sentences
from db.public.hiding import hide_private, load_hiders
from db.public.summaries import build_summaries
from db.search.index import build_index

__all__ = ["BoundError", "Bounds", "Publication", "publish"]


class BoundError(StoreError):
    """The new database would be worse than a bound allows; the last publication was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a publication must keep of the last one, each as a share of it; 0 lets everything pass."""

    articles: float = 0.9
    stories: float = 0.9
    pilots: float = 0.9
    regencies: float = 0.9
    claims: float = 0.8  # a stricter extractor may well drop some


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a public database holds."""

    path: Path
    articles: int
    stories: int
    pilots: int
    regencies: int  # with at least one article
    claims: int
    losses: tuple[str, ...] = ()  # what fell below a bound and was accepted


#: Copied as they are.
_WHOLE = (
    "regencies",
    "kecamatan",
    "villages",
    "pillars",
    "agency_types",
    "measures",
    "outlets",
    "outlet_regencies",
    "crawls",
    "watched_days",
)

#: What a public file lacks, before anything is copied: neither texts nor the addresses of what was off the
#: topic or was withdrawn ever reach it, not even to be deleted again.
_WITHOUT_TEXT = """
DROP TRIGGER articles_fts_insert;
DROP TRIGGER articles_fts_delete;
DROP TRIGGER articles_fts_update;
DROP TRIGGER sentences_fts_insert;
DROP TRIGGER sentences_fts_delete;
DROP TABLE articles_fts;
DROP TABLE article_versions;
DROP TABLE reading_problems;
DROP TABLE extraction_problems;
DROP TABLE correction_uses;
DROP TABLE corrections;
DROP TABLE steps;
DROP TABLE fetches;
DROP TABLE pruned_files;
DROP TABLE private_words;
DROP TABLE likely;
DROP TABLE takedowns;
DROP TABLE _sqlite_migrations;
ALTER TABLE articles DROP COLUMN text;
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, content = 'articles', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
"""

_MEASURES = """
SELECT (SELECT count(DISTINCT article) FROM relevant_articles) AS articles,
       (SELECT count(DISTINCT story) FROM relevant_articles) AS stories,
       (SELECT count(DISTINCT kecamatan_code) FROM pilot_kecamatan) AS pilots,
       (SELECT count(DISTINCT regency_code) FROM regency_articles) AS regencies,
       (SELECT count(DISTINCT claim) FROM evidence) AS claims
"""


def publish(
    store_path: Path | str, output: Path | str, *, bounds: Bounds | None = None, accept_loss: bool = False
) -> Publication:
    """Write the public database of `store_path` to `output` and tell what it holds.

    Raises `BoundError` when it would fall below `bounds` and that is not accepted, another `StoreError` when
    it can't be made; either way the former `output` stays as it was.
    """
    store, output = Path(store_path), Path(output)
    if not store.exists():
        raise StoreError(f"{store} does not exist: crawl first, or name another file with --db")
    if output.is_dir():
        raise StoreError(f"{output} is a folder: name a file inside it")
    former = _read_former(output)
    with Session(store):
        pass  # brings an older file to this release's schema
    building = output.with_name(f".{output.name}.building")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        building.unlink(missing_ok=True)
        try:
            with explained(output):
                publication = _build(store, building, output)
            if former is not None:
                losses = _find_losses(former, publication, bounds or Bounds())
                if losses and not accept_loss:
                    raise BoundError(
                        f"{output} was kept as it is: {', '.join(losses)}; "
                        "if that is right, say why with 'pantau publish --accept-loss REASON'"
                    )
                publication = replace(publication, losses=losses)
            building.chmod(0o644)
            replace_on_disk(building, output)
        finally:
            building.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{output} cannot be written: {error.strerror or error}") from error
    return publication


def create_tables(db: Database) -> None:
    """The tables of a public file, empty."""
    apply_migrations(db)
    for statement in filter(str.strip, _WITHOUT_TEXT.split(";\n")):
        db.execute(statement)


def _build(store: Path, building: Path, output: Path) -> Publication:
    with closing(
        sqlite3.connect(f"{building.resolve().as_uri()}?mode=rwc", uri=True, isolation_level=None)
    ) as conn:
        conn.row_factory = sqlite3.Row
        # Nobody else opens the file before it is renamed: no journal is needed to undo anything.
        conn.execute("PRAGMA journal_mode = OFF")
        db = Database(conn)
        db.execute("ATTACH ? AS store", [f"{store.resolve().as_uri()}?mode=ro"])
        create_tables(db)
        db.execute("BEGIN")
        problems = [f"{store}: {problem}" for problem in _check_orphans(db, "store")]
        _check_read(db, store)
        _copy(db)
        hide_private(db, load_hiders(db, "store"))
        shorten_sentences(db)
        build_summaries(db)  # of the requests the sums alone, from the attached file
        build_index(db)
        db.execute("COMMIT")
        db.execute("DETACH store")
        for index in ("articles_fts", "sentences_fts"):  # the search's index was built with its words
            db.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
        db.execute(f"PRAGMA application_id = {PUBLIC_ID}")
        db.execute("ANALYZE")
        db.execute("VACUUM")
        problems += _check(db)
        if problems:
            raise StoreError(f"{output} was not replaced: {'; '.join(problems[:3])}")
        return _measure(db, output)


_PUBLISHED = "(article, programme) IN (SELECT article, programme FROM main.extractions)"


def _check_read(db: Database, store: Path) -> None:
    """Refuse a database of an older release until its articles were read for what must not be public."""
    unread = db.execute(
        "SELECT count(*) FROM store.extractions WHERE relevant = 1 AND private_read = 0"
    ).fetchone()[0]
    if unread:
        raise StoreError(
            f"{store}: {unread} articles were not read for the names of victims and children yet: "
            "run 'pantau extract' first"
        )


#: An address in a crawl's problems, behind its host.
_PATH = re.compile(r"(https?://[^\s/\"'<>]+/)[^\s\"'<>,;)]+")


def without_paths(problems: str) -> str:
    """A crawl's problems (JSON), of whose addresses the hosts are left: what was asked for is no reader's."""
    return _PATH.sub(r"\1…", problems)


def _copy(db: Database) -> None:
    for table in _WHOLE:
        _copy_rows(db, table)
    db.conn.create_function("without_paths", 1, without_paths, deterministic=True)
    db.execute("UPDATE main.crawls SET problems = without_paths(problems)")
    _copy_rows(db, "extractions", "relevant = 1")
    _copy_rows(db, "articles", "id IN (SELECT article FROM main.extractions)", order="number")
    _copy_rows(db, "earlier_pilots", _PUBLISHED)
    # Evidence refers to sentences, and so do claims.
    _copy_rows(db, "sentences", "article IN (SELECT article FROM main.extractions)", order="id")
    for table in CLAIM_TYPES:
        _copy_rows(db, table, _PUBLISHED)
        for of_claims in ("evidence", "ambiguous_areas"):
            _copy_rows(db, of_claims, f"kind = '{table}' AND claim IN (SELECT id FROM main.{table})")


def _copy_rows(db: Database, table: str, where: str = "1", *, order: str = "rowid") -> None:
    columns = ", ".join(
        f'"{row["name"]}"'
        for row in db.execute(f"PRAGMA main.table_xinfo({table})").fetchall()
        if not row["hidden"]  # a generated column comes by itself
    )
    db.execute(
        f"INSERT INTO main.{table} ({columns}) "
        f"SELECT {columns} FROM store.{table} WHERE {where} ORDER BY {order}"
    )


def _check(db: Database) -> list[str]:
    """What is wrong with the built file, one line each."""
    problems = [f"damaged: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [f"{row[0]} has a row without its {row[2]}" for row in db.execute("PRAGMA foreign_key_check")]
    problems += _check_orphans(db, "main")
    for index in ("articles_fts", "sentences_fts"):
        try:
            db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            problems.append(f"the full-text index {index} does not fit its table")
    return problems


def _check_orphans(db: Database, schema: str) -> list[str]:
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


def _measure(db: Database, path: Path) -> Publication:
    return Publication(path=path, **dict(db.execute(_MEASURES).fetchone()))


def _read_former(output: Path) -> Publication | None:
    """What the last publication holds; refuses to overwrite a file that is none."""
    if not output.exists() or output.stat().st_size == 0:
        return None
    with closing(open_published(output)) as db, explained(output):
        check_schema(db, output)
        return _measure(db, output) if schema_version(db) else None


def _find_losses(former: Publication, new: Publication, bounds: Bounds) -> tuple[str, ...]:
    return tuple(
        f"{name} fell from {before} to {now}"
        for name in ("articles", "stories", "pilots", "regencies", "claims")
        if (now := getattr(new, name)) < (before := getattr(former, name)) * getattr(bounds, name)
    )
