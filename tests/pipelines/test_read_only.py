"""Databases that lie where nothing may be written are read there, with all that was stored."""

from __future__ import annotations

import asyncio
import concurrent.futures.thread  # noqa: F401 - before stepping down: who is nobody may not read it
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from db.file.read_only import find_readable
from db.serve import build_datasette
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference
from tests.pipelines.invented import Pantau, as_nobody, make_article

KINDS = ("file", "folder", "folder with a log", "mount", "mount with a log")


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """The folder, mounted onto itself for reading alone; skips where that is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount")
    for options in ("bind", "remount,bind,ro"):
        made = subprocess.run(
            ["mount", "-o", options, str(folder), str(folder)], capture_output=True, text=True, check=False
        )
        if made.returncode:
            pytest.skip(f"nothing can be mounted here: {made.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # a site may hold it open


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other users can reach, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture(params=KINDS)
def medium(request: pytest.FixtureRequest, place: Path) -> Iterator[Path]:
    """A database, one article of which stands in the log alone where there is one."""
    kind: str = request.param
    work, medium = place / "work", place / "medium"
    database = work / "pantau.db"
    with Store(database) as store:
        fill_reference(store)
        fill_newsroom(store)
        store.save_outlets([{"slug": "contoh_post", "name": "Contoh Post"}])
    with Store(database) as store:
        store.save_article(make_article(1))
        writer = Store(database)
        writer.save_article(make_article(2))
        medium.mkdir()
        if "log" in kind:
            for name in ("pantau.db", "pantau.db-wal"):
                shutil.copy(work / name, medium)
        writer.close()
    if "log" not in kind:
        shutil.copy(database, medium)
    for path in medium.iterdir():
        path.chmod(0o444)
    (place / "out").mkdir(mode=0o777)
    (place / "out").chmod(0o777)
    with mounted(medium) if "mount" in kind else nullcontext():
        if kind != "file":
            medium.chmod(0o555) if "mount" not in kind else None
        with nullcontext() if "mount" in kind else as_nobody():
            yield medium / "pantau.db"


def read_names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def test_every_verb_that_reads_reads(medium: Path, place: Path, pantau: Pantau) -> None:
    before = read_names(medium.parent)
    for arguments in (
        ["status", "--db", medium],
        ["check-db", "--db", medium],
        ["digest", "--since", "2025-11-01", "--db", medium],
        ["diff", medium, medium],
        ["export", "--format", "csv", "--output", place / "out", "--db", medium],
        ["backup", "--to", place / "out", "--db", medium],
    ):
        outcome = pantau(*arguments)
        assert outcome.code == 0 or (arguments[0] == "status" and outcome.code == 1), (arguments, outcome)
        assert not [line for line in outcome.complaints if "pantau.db" in line], (arguments, outcome)
    with Store(medium, read_only=True) as store:
        assert {make_article(n).id for n in (1, 2)} < {article.id for article in store.articles()}
    assert read_names(medium.parent) == before


def test_the_site_shows_all_of_it(medium: Path) -> None:
    site = build_datasette(medium)
    response = asyncio.run(site.client.get("/pantau/articles.json?_shape=array"))
    assert {make_article(n).id for n in (1, 2)} < {row["id"] for row in response.json()}


def test_verbs_that_write_say_so_in_one_line(medium: Path, pantau: Pantau) -> None:
    outcome = pantau("extract", "--db", medium)
    assert outcome.code == 2
    [line] = outcome.complaints
    assert str(medium) in line


def test_a_file_that_may_be_written_is_opened_as_one_that_changes(place: Path) -> None:
    Store(place / "pantau.db").close()
    assert find_readable(place / "pantau.db").uri.endswith("?mode=ro")
    assert find_readable(place / "none.db").uri.endswith("?mode=ro")
    (place / "text.db").write_text("no database " * 100)
    assert find_readable(place / "text.db").uri.endswith("?mode=ro")


def test_a_crawl_under_way_in_a_folder_of_another_user_is_seen_to_the_last(place: Path) -> None:
    database = place / "pantau.db"
    with Store(database) as store:
        store.save_outlets([{"slug": "contoh_post", "name": "Contoh Post"}])
        store.save_article(make_article(1))
        for path in place.iterdir():
            path.chmod(0o644)
        with as_nobody(), Store(database, read_only=True) as reader:
            assert len(list(reader.articles())) == 1
    conn = sqlite3.connect(database)
    assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    conn.close()
