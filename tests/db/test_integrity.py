"""Every kind of unsoundness is found and named; a sound file is left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db.integrity import TOLD, check_database
from db.store import Store, StoreError
from tests.db.invented import fill_newsroom, fill_reference


@pytest.fixture
def newsroom(path: Path) -> Path:
    with Store(path) as store:
        fill_reference(store)
        fill_newsroom(store)
    return path


def spoil(path: Path, *statements: str) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        conn.execute(statement)
    conn.close()


def test_a_sound_database_is_left_alone(newsroom: Path) -> None:
    before = newsroom.read_bytes()
    assert check_database(newsroom) == []
    assert newsroom.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE articles SET text = 'x' || text WHERE id = 'a1'", "article a1, "),
        ('UPDATE evidence SET start = start + 1, "end" = "end" + 1 WHERE article = \'a1\'', "is not at"),
        (
            "UPDATE sentences SET sentence = sentence || ' Lagi.' WHERE article = 'a1'",
            "its sentence is not in",
        ),
        ("DELETE FROM evidence WHERE kind = 'pilot_kecamatan'", "claims in pilot_kecamatan have no evidence"),
        ("DELETE FROM people", "evidence have no claim in people"),
        ("UPDATE pilot_kecamatan SET start = start + 1", "pilot_kecamatan: differs from its evidence"),
        ("DELETE FROM outlets WHERE slug = 'warta'", "has a row without its outlets"),
        ("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')", "articles_fts does not fit"),
    ],
)
def test_what_is_wrong_is_named(newsroom: Path, statement: str, words: str) -> None:
    spoil(newsroom, "PRAGMA foreign_keys = OFF", statement)
    problems = check_database(newsroom)
    assert any(words in problem for problem in problems), problems
    assert all("\n" not in problem for problem in problems)


def test_many_of_a_kind_are_counted(newsroom: Path) -> None:
    spoil(newsroom, "UPDATE articles SET text = '…' || text, title = '…' || title")
    problems = [problem for problem in check_database(newsroom) if problem.startswith("misquoted")]
    assert len(problems) == TOLD + 1
    assert "more like these" in problems[-1]


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


def test_pages_that_the_archive_lacks(newsroom: Path, tmp_path: Path) -> None:
    [problem] = check_database(newsroom, archive=tmp_path)
    assert "warta.warc.gz, to which" in problem
    (tmp_path / "warta.warc.gz").write_bytes(b"x")
    assert check_database(newsroom, archive=tmp_path) == []
