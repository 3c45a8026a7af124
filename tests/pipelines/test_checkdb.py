"""`pantau check-db`: 0 and a line where all is sound, 1 and a line for each thing that is wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.pipelines.invented import Pantau


def test_sound(database: Path, pantau: Pantau) -> None:
    pantau("extract", "--db", database)
    outcome = pantau("check-db", "--db", database)
    assert (outcome.code, outcome.err) == (0, "")
    assert "sound" in outcome.out


def test_a_text_that_was_tampered_with(database: Path, pantau: Pantau) -> None:
    pantau("extract", "--db", database)
    conn = sqlite3.connect(database)
    conn.execute("UPDATE articles SET text = 'Bukan ' || text WHERE id = 'contoh-1'")
    conn.commit()
    conn.close()
    outcome = pantau("check-db", "--db", database)
    assert outcome.code == 1
    assert outcome.complaints
    assert all("misquoted" in line for line in outcome.complaints)
    assert "contoh-1" in outcome.complaints[0]


def test_pages_that_are_missing(database: Path, tmp_path: Path, pantau: Pantau) -> None:
    conn = sqlite3.connect(database)
    conn.execute("UPDATE articles SET warc_file = 'gone.warc.gz', warc_offset = 0, warc_digest = 'sha1:A'")
    conn.commit()
    conn.close()
    outcome = pantau("check-db", "--db", database, "--archive", tmp_path)
    assert outcome.code == 1
    assert "gone.warc.gz, to which 2 articles point" in outcome.err


def test_no_database(tmp_path: Path, pantau: Pantau) -> None:
    outcome = pantau("check-db", "--db", tmp_path / "none.db")
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert not (tmp_path / "none.db").exists()
