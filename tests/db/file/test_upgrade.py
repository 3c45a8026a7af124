"""Every released schema is brought to today's, with a copy of the file beside it and nothing lost."""

from __future__ import annotations

import gzip
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from db.file.backup import check_copy
from db.file.migrations import NAMES
from db.integrity import check_database
from db.public.publish import publish
from db.store import Store, StoreError
from tests.db.keep_schema import SCHEMAS, main

KEPT = sorted(SCHEMAS.glob("schema-*.db.gz"))


def unpack(kept: Path, folder: Path) -> Path:
    path = folder / "pantau.db"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return path


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that holds data, by column."""
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    tables = [
        name
        for (name,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall()
    ]
    found = {name: [dict(row) for row in conn.execute(f"SELECT * FROM {name}")] for name in tables}
    conn.close()
    return found


def read_schema(path: Path) -> list[tuple[Any, ...]]:
    """Every table, index, view and trigger, as SQLite holds it."""
    conn = sqlite3.connect(path)
    sql = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    found = conn.execute(sql).fetchall()
    conn.close()
    return found


#: The schema from which on extractions note that an article was read for private words.
PRIVATE_READ = 8


def test_every_schema_is_kept() -> None:
    versions = {int(re.findall(r"\d+", path.name)[0]) for path in KEPT}
    assert versions == set(range(1, len(NAMES) + 1)), "keep the new one: python -m tests.db.keep_schema"


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_an_older_file_is_brought_up_with_a_copy_beside_it(kept: Path, tmp_path: Path) -> None:
    path = unpack(kept, tmp_path)
    before, bytes_before = read(path), path.read_bytes()
    version = int(re.findall(r"\d+", kept.name)[0])
    with Store(path) as store:
        assert store.db.execute("PRAGMA user_version").fetchone()[0] == len(NAMES)
        assert list(store.facts("kecamatan-berdaya"))
    Store(tmp_path / "new.db").close()
    assert read_schema(path) == read_schema(tmp_path / "new.db")  # what was released has not changed since
    after = read(path)
    for table, rows in before.items():
        assert [{key: row[key] for key in old} for row, old in zip(after[table], rows, strict=True)] == rows
    assert check_database(path) == []
    if version < PRIVATE_READ:  # nothing is public before it was read for names that must not be
        with pytest.raises(StoreError, match="run 'pantau extract' first"):
            publish(path, tmp_path / "public.db")
    else:
        assert publish(path, tmp_path / "public.db").articles > 0
    copy = tmp_path / f"pantau.before-schema-{len(NAMES)}.db"
    assert copy.exists() == (version < len(NAMES))
    if copy.exists():
        assert read(copy) == before
        assert check_copy(copy) == []
        assert bytes_before != b""


def test_an_older_file_is_not_changed_where_no_copy_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpack(KEPT[0], tmp_path)
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise StoreError("no space left for the copy")

    monkeypatch.setattr("db.file.session.copy_open_database", refuse)
    with pytest.raises(StoreError, match="no space left"):
        Store(path)
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA user_version").fetchone()[0] == 1
    conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    conn.close()
    assert read(path) == read(unpack(KEPT[0], tmp_path))
    assert before


def test_reading_an_older_file_asks_for_the_upgrade(tmp_path: Path) -> None:
    path = unpack(KEPT[0], tmp_path)
    with pytest.raises(StoreError, match="has an older schema"):
        Store(path, read_only=True)
    assert [file.name for file in tmp_path.iterdir() if "before" in file.name] == []


def test_a_kept_schema_is_never_written_over() -> None:
    target = SCHEMAS / f"schema-{len(NAMES)}.db.gz"
    before = target.read_bytes()
    assert main() == 1
    assert target.read_bytes() == before
