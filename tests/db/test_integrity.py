"""Every kind of unsoundness is found and named; a sound file is left alone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.checks.cell_rules import CELLS, TEXT, are_partial_dates
from db.claim_kinds import CLAIM_TYPES
from db.corrections.apply import Use
from db.corrections.load import Correction
from db.describe import read_columns
from db.errors import StoreError
from db.integrity import check_database
from db.public.publish import publish
from db.records import PilotKecamatan, WarcPointer
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference, make_article, make_facts, quote

#: Columns whose words nothing else in a database vouches for: any text may be right.
FREE = {
    "regencies": {"name"},  # the areas' names are told by the claims that bear their codes
    "kecamatan": {"name"},
    "villages": {"name"},
    "pillars": {"name", "name_en", "description", "programme"},
    "agency_types": {"id", "name", "name_en"},
    "measures": {"id", "name", "name_en", "unit"},
    "outlets": {"name", "platform", "confidence"},
    "crawls": {"finish_reason", "hidden"},
    "fetches": {"reason", "error", "etag", "last_modified", "warc_file"},
    "articles": {"title", "editor", "section", "dateline", "origin", "story", "warc_file"},
    "article_versions": {"title", "text", "warc_file"},
    "extractions": {"reason"},
    "corrections": {"label", "given_article", "programme", "made_by", "why"},
    "correction_uses": {"programme", "problem"},
    "steps": {"detail"},
    "earlier_pilots": {"programme"},
    "pruned_files": {"file"},
    "reading_problems": {"detail"},
    "extraction_problems": {"programme", "extractor_version", "detail"},
    "private_words": {"programme", "printed", "shown"},
    "likely": {"programme"},
    "takedowns": {"id", "kind", "salt", "digest", "why"},
}
#: Of every kind of claim: why a person decided it.
FREE_OF_CLAIMS = {"reason"}


def fill_everything(store: Store) -> None:
    """A row in each table, and a sound one."""
    fill_reference(store)
    fill_newsroom(store)
    warc = WarcPointer(file="warta.warc.gz", offset=0, digest="sha1:AAAA")
    first = make_article(20, "Kecamatan Bukateja menjadi percontohan.", warc=warc)
    evidence = (quote(first, "Bukateja"),)
    pilot = PilotKecamatan(
        kecamatan="Bukateja", regency="Kabupaten Purbalingga", code="33.03.02", evidence=evidence
    )
    for article in (first, replace(first, text=f"{first.text} Lagi.")):
        store.save_article(article)
        store.save_facts(make_facts(article, pilot_kecamatan=(pilot,)))
    decided = Correction(
        action="confirm",
        by="Rara",
        at=date(2025, 11, 20),
        why="dibaca ulang",
        article="a1",
        table="pilot_kecamatan",
        claim={"kecamatan": "Bukateja"},
    )
    store.save_corrections([decided])
    store.save_uses("a1", "kecamatan-berdaya", [Use(correction=decided.id, met=1, problem="")])
    store.save_pruned("old.warc.gz", 100)
    store.db.execute("INSERT INTO private_words VALUES ('a1', 'kecamatan-berdaya', 'name', 'Sri', '[nama]')")
    store.db.execute(
        "INSERT INTO likely SELECT e.article, 'kecamatan-berdaya', e.kind, '{}', 0.7, e.quote, s.sentence, "
        'e.field, e.start, e."end" FROM evidence AS e JOIN sentences AS s ON s.id = e.sentence_id '
        "WHERE e.article = 'a1' AND e.kind = 'pilot_kecamatan' LIMIT 1"
    )
    store.db.execute("INSERT INTO takedowns VALUES ('t1', 'name', 'aa', 'bb', 2, '2026-01-02', 'diminta')")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "pantau.db"
    with Store(path) as store:
        fill_everything(store)
    publish(path, path.with_name("public.db"))
    return path


@pytest.fixture
def newsroom(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "pantau.db"))


@pytest.fixture
def public(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made.with_name("public.db"), tmp_path / "public.db"))


def spoil(path: Path, *statements: str) -> int:
    """Rows that changed; no constraint of the schema stands in the way."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("PRAGMA ignore_check_constraints = ON")
        before = conn.total_changes
        for statement in statements:
            conn.execute(statement)
        return conn.total_changes - before


def test_a_sound_database_is_left_alone(newsroom: Path, public: Path) -> None:
    for path in (newsroom, public):
        before = path.read_bytes()
        assert check_database(path) == []
        assert path.read_bytes() == before


def tables(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as conn:
        conn.row_factory = sqlite3.Row
        db = Database(conn)
        kinds = dict(db.execute("SELECT name, type FROM sqlite_master").fetchall())
        return {
            name: [column for column, _ in columns]
            for name, columns in read_columns(db).items()
            if kinds[name] == "table" and name != "_sqlite_migrations"
        }


def test_each_column_of_the_schema_has_a_rule(made: Path) -> None:
    assert {name: set(columns) for name, columns in tables(made).items()} == {
        name: set(rules) for name, rules in CELLS.items()
    }


def corruptions(table: str, column: str) -> Iterator[str]:
    """Values, as SQL, that no cell of the column may have."""
    if column in FREE.get(table, FREE_OF_CLAIMS):
        yield "x'00ff'"  # words at least
        return
    yield "'bohong'"
    if CELLS[table][column] == TEXT:
        yield "''"
    if column.endswith("_at"):
        yield from ("'2026-02-31T09:00:00+07:00'", "'2026-02-01T09:00:00'", "'2026-02-01T25:00:00+07:00'")
    if column.endswith("_on") or column == "date":
        yield from ("'2026-02-31'", "'2026-13'", "'1 Februari 2026'")
    if column in ("confidence", "start", "end", "ordinal", "bytes", "number", "pages", "seconds", "delay"):
        yield "-1"
    if column in ("confidence", "value", "start", "end", "sentence_id"):
        yield f'"{column}" + 1.5'
        yield f'"{column}" + 1'


@pytest.mark.parametrize("table", CELLS)
def test_each_cell_that_is_spoiled_is_found(table: str, made: Path, tmp_path: Path) -> None:
    missed = []
    path = tmp_path / "spoilt.db"
    for column in CELLS[table]:
        if (table, column) == ("articles", "published_on"):
            continue  # SQLite makes it itself
        for value in corruptions(table, column):
            shutil.copy(made, path)
            of_one = f"WHERE rowid = (SELECT max(rowid) FROM {table})"
            try:
                assert spoil(path, f'UPDATE {table} SET "{column}" = {value} {of_one}'), "no row"
            except sqlite3.IntegrityError:
                continue  # SQLite itself holds no text in a row's number
            if not check_database(path):
                missed.append(f"{column} = {value}")
    assert missed == []


@pytest.mark.parametrize("table", [*CLAIM_TYPES, "evidence", "sentences", "articles", "pilots", "coverage"])
def test_a_public_file_is_checked_as_well(table: str, public: Path) -> None:
    """Its sentences, its quotes, and the sums that are kept in it."""
    sums = ("pilots", "coverage")
    column = "regency" if table in sums else "title" if table == "articles" else "sentence"
    column = "quote" if table == "evidence" else column
    spoil(public, f"UPDATE {table} SET {column} = 'bohong ' || {column}")
    assert check_database(public)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE pilot_kecamatan SET sentence = 'bohong'",
            "pilot_kecamatan: a claim differs from its evidence",
        ),
        ("UPDATE articles SET text = 'x' || text WHERE id = 'a1'", "a quote is not at its place"),
        ("UPDATE sentences SET sentence = sentence || ' Lagi.' WHERE article = 'a1'", "not around its quote"),
        ("DELETE FROM evidence WHERE kind = 'pilot_kecamatan'", "pilot_kecamatan: a claim without evidence"),
        ("DELETE FROM people", "evidence without its claim in people"),
        ("DELETE FROM extractions WHERE article = 'a1'", "a claim of an extraction that is not there"),
        ("DELETE FROM ambiguous_areas", "the areas left open are not those of its code"),
        ("DELETE FROM outlets WHERE slug = 'warta'", "articles has a row without its outlets"),
        ("UPDATE kecamatan SET name = 'Bukan' WHERE code = '33.03.02'", "a name is not that of its code"),
        ("UPDATE pilot_kecamatan SET regency_code = '33.05'", "a key is not that of the name or code"),
        ("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')", "articles_fts does not fit"),
        ("DROP INDEX people_name", "the schema lacks something (1, such as index people_name)"),
        ("DROP TRIGGER sentences_fts_delete", "such as trigger sentences_fts_delete"),
        ("DROP TABLE pruned_files", "such as table pruned_files"),
        (
            "CREATE TRIGGER lain AFTER INSERT ON people BEGIN DELETE FROM people; END",
            "a trigger that no release made (1, such as trigger lain)",
        ),
        ("DELETE FROM _sqlite_migrations WHERE name = 'm001_start'", "the record of migrations"),
        ("UPDATE events SET date = '2026-02-30'", "events.date holds what it may not"),
    ],
)
def test_what_is_wrong_is_named(newsroom: Path, statement: str, words: str) -> None:
    spoil(newsroom, statement)
    problems = check_database(newsroom)
    assert any(words in problem for problem in problems), problems
    assert all("\n" not in problem and "; " in problem for problem in problems)


def test_many_of_a_kind_are_one_line_with_their_number(newsroom: Path) -> None:
    rows = spoil(newsroom, "UPDATE evidence SET rule = ''")
    [line] = [problem for problem in check_database(newsroom) if problem.startswith("evidence.rule")]
    assert f"({rows}, such as '' in row 1)" in line


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("2026", True),
        ("2026-06", True),
        ("2024-02-29", True),
        ("2025-10-30|2025-10-31", True),
        ("2025-02-29", False),
        ("2026-13", False),
        ("2026-6", False),
        ("", False),
        ("2026|", False),
        ("٢٠٢٦", False),
    ],
)
def test_dates_may_be_partial(text: str, sound: bool) -> None:
    assert are_partial_dates(text) is sound


def test_damage_is_all_that_is_told(newsroom: Path) -> None:
    data = bytearray(newsroom.read_bytes())
    for at in range(len(data) // 2, len(data), 512):
        data[at : at + 64] = b"\xff" * 64
    newsroom.write_bytes(data)
    try:
        problems = check_database(newsroom)
    except StoreError as error:
        problems = [str(error)]
    assert problems
    assert all("backup in its place" in problem for problem in problems)


def verify(path: Path, offset: int) -> str:
    if path.read_bytes() == b"cut":
        raise StoreError("no readable record")
    return "sha1:AAAA"


def test_pages_that_the_archive_lacks_or_has_otherwise(newsroom: Path, tmp_path: Path) -> None:
    warc = tmp_path / "warta.warc.gz"
    with closing(sqlite3.connect(newsroom)) as conn:
        conn.execute("UPDATE articles SET warc_digest = 'sha1:AAAA' WHERE warc_file IS NOT NULL")
        conn.commit()
        [(articles,)] = conn.execute("SELECT count(*) FROM articles WHERE warc_file IS NOT NULL").fetchall()

    def check() -> list[str]:
        return check_database(newsroom, archive=tmp_path, verify=verify)

    [problem] = check()
    assert f"lacks warta.warc.gz, to which {articles + 1} rows point" in problem  # with the older version
    spoil(newsroom, "INSERT INTO pruned_files VALUES ('warta.warc.gz', '2026-01-01T00:00:00+07:00', 9)")
    assert check() == []  # it was removed on purpose
    warc.write_bytes(b"whole")
    assert check() == []
    spoil(newsroom, "UPDATE articles SET warc_digest = 'sha1:BBBB' WHERE id = 'a1'")
    [problem] = check()
    assert "another digest than noted (1, such as article a1)" in problem
    warc.write_bytes(b"cut")
    [problem] = check()
    assert f"can't be read as it was archived ({articles + 1}, " in problem


def test_texts_that_retention_took_from_older_versions_are_no_damage(newsroom: Path) -> None:
    spoil(newsroom, "UPDATE article_versions SET text = ''")
    assert check_database(newsroom) == []
