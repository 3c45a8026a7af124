"""`pantau check-db`: 0 and a line where all is sound, 1 and a line for each thing that is wrong."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import zlib
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
    assert "gone.warc.gz, to which 2 rows point" in outcome.err


def test_no_database(tmp_path: Path, pantau: Pantau) -> None:
    outcome = pantau("check-db", "--db", tmp_path / "none.db")
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert not (tmp_path / "none.db").exists()


def test_a_page_that_was_altered_in_the_archive(tmp_path: Path, pantau: Pantau, newsroom: Path) -> None:
    """Recomputed for each record that anything points to; also where the record is whole as a file."""
    database = Path(shutil.copy(newsroom / "pantau.db", tmp_path / "pantau.db"))
    archive = Path(shutil.copytree(newsroom / "warc", tmp_path / "warc"))
    assert pantau("check-db", "--db", database, "--archive", archive).code == 0
    conn = sqlite3.connect(database)
    file, offset = conn.execute("SELECT warc_file, warc_offset FROM articles LIMIT 1").fetchone()
    conn.close()
    data = (archive / file).read_bytes()
    unpacker = zlib.decompressobj(31)
    plain = unpacker.decompress(data[offset:])
    altered = gzip.compress(plain[:-20] + b"z" * 16 + plain[-4:], mtime=0)
    (archive / file).write_bytes(data[:offset] + altered + unpacker.unused_data)
    outcome = pantau("check-db", "--db", database, "--archive", archive)
    assert outcome.code == 1
    assert "another payload than its digest says" in outcome.err
    (archive / file).write_bytes(data[: offset + 40])
    assert "no readable record" in pantau("check-db", "--db", database, "--archive", archive).err


def test_a_public_database(database: Path, tmp_path: Path, pantau: Pantau) -> None:
    pantau("extract", "--db", database)
    pantau("publish", "--db", database, "--output", tmp_path / "public.db")
    assert pantau("check-db", "--db", tmp_path / "public.db").out.endswith("public.db: sound\n")
    conn = sqlite3.connect(tmp_path / "public.db")
    conn.execute("UPDATE pilots SET articles = 84")
    conn.commit()
    conn.close()
    outcome = pantau("check-db", "--db", tmp_path / "public.db")
    assert outcome.code == 1
    assert "a summary differs from what it sums up (1, such as pilots)" in outcome.err
