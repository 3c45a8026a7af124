"""Copies: consistent while others write, verified, whole or not there, the newest kept."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from db.file import backup
from db.file.backup import back_up, check_copy, list_backups
from db.store import Store, StoreError
from tests.db.invented import fill_newsroom, fill_reference, make_article


@pytest.fixture
def newsroom(path: Path) -> Path:
    with Store(path) as store:
        fill_reference(store)
        fill_newsroom(store)
    return path


def test_a_copy_holds_everything_and_is_one_file(newsroom: Path, tmp_path: Path) -> None:
    made = back_up(newsroom, tmp_path / "backups")
    assert [file.name for file in (tmp_path / "backups").iterdir()] == [made.path.name]
    assert made.bytes == made.path.stat().st_size
    with Store(newsroom, read_only=True) as store, Store(made.path) as copy:
        assert list(copy.articles()) == list(store.articles())
        assert list(copy.facts("kecamatan-berdaya")) == list(store.facts("kecamatan-berdaya"))


def test_the_newest_are_kept_also_when_the_clock_is_set_back(
    newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    made = [back_up(newsroom, folder, keep=3) for _ in range(3)]
    (folder / "pantau-notes.txt").write_text("mine")
    (folder / "other-000001-20251101T0000.db").write_text("of another database")

    class Past(backup.datetime):
        @classmethod
        def now(cls, tz: object = None) -> backup.datetime:
            return backup.datetime(2001, 1, 1, tzinfo=backup.WIB)

    monkeypatch.setattr(backup, "datetime", Past)
    last = back_up(newsroom, folder, keep=3)
    assert last.removed == (made[0].path,)
    assert [path for _, path in list_backups(folder, "pantau")] == [made[1].path, made[2].path, last.path]
    assert "-20010101T0000" in last.path.name
    assert len(list(folder.iterdir())) == 5


def test_a_copy_of_a_database_that_is_written_to_is_consistent(newsroom: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    written = []

    def crawl() -> None:
        with Store(newsroom) as store:
            number = 1000
            while not stop.is_set():
                with store.transaction():  # always two together
                    store.save_article(make_article(number, "Isi satu. " * 50))
                    store.save_article(make_article(number + 1, "Isi dua. " * 50))
                number += 2
                written.append(number)

    writer = threading.Thread(target=crawl)
    writer.start()
    try:
        while len(written) < 5:
            stop.wait(0.01)
        copies = [back_up(newsroom, tmp_path / "backups") for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        conn = sqlite3.connect(copy.path)
        count = conn.execute("SELECT count(*) FROM articles WHERE id LIKE 'a1___'").fetchone()[0]
        conn.close()
        assert count % 2 == 0
        assert count >= 10


def test_a_full_disk_costs_nothing(newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    first = back_up(newsroom, folder, keep=1)

    class Usage(NamedTuple):
        total: int = 10**9
        used: int = 10**9
        free: int = 1000

    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage())
    with pytest.raises(StoreError, match="no space left") as caught:
        back_up(newsroom, folder, keep=1)
    assert "\n" not in str(caught.value)
    assert list(folder.iterdir()) == [first.path]


def test_a_copy_that_is_not_sound_is_not_kept(
    newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    first = back_up(newsroom, folder, keep=1)
    data = bytearray(newsroom.read_bytes())
    for at in range(len(data) // 2, len(data), 512):
        data[at : at + 64] = b"\xff" * 64
    newsroom.write_bytes(data)
    assert check_copy(newsroom) != []
    with pytest.raises(StoreError, match=r"not sound|damaged"):
        back_up(newsroom, folder, keep=1)
    assert list(folder.iterdir()) == [first.path]


@pytest.mark.parametrize("content", [b"", b"<html>", None])
def test_what_is_no_database_of_ours_is_refused(content: bytes | None, tmp_path: Path) -> None:
    source = tmp_path / "other.db"
    if content is not None:
        source.write_bytes(content * 300)
    with pytest.raises(StoreError) as caught:
        back_up(source, tmp_path / "backups")
    assert "other.db" in str(caught.value)
    assert not list((tmp_path / "backups").glob("*"))


def test_a_folder_that_cannot_be_made(newsroom: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(newsroom, tmp_path / "file" / "backups")
