"""Who can read what a run leaves: the newsroom its own files, everybody what is published."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.export import FORMATS
from db.public.summary_file import SummaryFile
from db.store import Store
from tests.pipelines.invented import Pantau
from tests.pipelines.newsroom import sample_arguments


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """The operator's habits, from careless to strict."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def find_others(folder: Path) -> set[str]:
    """Files that somebody else than their owner can read, and folders that somebody else can open."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if stat.S_IMODE(path.stat().st_mode) & 0o077 and ".lock" not in path.name  # which are empty
    }


@pytest.mark.usefixtures("umask")
def test_the_newsrooms_files_are_its_own(
    tmp_path: Path, pantau: Pantau, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "pantau.db"
    monkeypatch.setenv("PANTAU_LOGS", str(tmp_path / "logs"))
    assert pantau("crawl", *sample_arguments(tmp_path)).code == 0
    assert pantau("backup", "--to", tmp_path / "backups", "--db", db).code == 0
    SummaryFile(db).refresh()
    with Store(db) as store:  # while it is open, the log and the shared memory are there
        store.save_outlets([{"slug": "contoh_post", "name": "Contoh Post"}])
        names = {path.name for path in tmp_path.rglob("*")}
        assert {"pantau.db-wal", "pantau.db-shm", ".pantau.db.sums"} <= names
        assert {path.parent.name for path in tmp_path.rglob("*")} >= {"warc", "logs", "backups"}
        assert {".gz", ".cdxj", ".log", ".db"} <= {path.suffix for path in tmp_path.rglob("*")}
        assert find_others(tmp_path) == set()


@pytest.mark.usefixtures("umask")
def test_what_is_published_is_for_everybody(newsroom: Path, tmp_path: Path, pantau: Pantau) -> None:
    public, db = tmp_path / "public.db", newsroom / "pantau.db"
    assert pantau("publish", "--output", public, "--db", db).code == 0
    formats = ",".join(FORMATS)
    assert pantau("export", "--format", formats, "--output", tmp_path / "out", "--db", public).code == 0
    files = [public, *(path for path in (tmp_path / "out").rglob("*") if path.is_file())]
    assert len(files) > len(FORMATS)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o644}
