"""Consistent copies of a database while others write to it, numbered, verified, and the oldest removed.

A copy is made with SQLite's backup API in one step: in WAL mode that is a snapshot, and no writer waits for
it. It is written beside its place, checked, brought to the disk and renamed, so that a backup is whole or not
there. Backups are numbered, since a clock may be set back and a number is not.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.errors import StoreError, explained
from db.file.connection import APPLICATION_ID, make_private
from db.file.read_only import find_readable
from db.file.replace import replace_on_disk
from db.records import WIB

#: What must stay free on the disk beside the copy, as a share of its size.
SPARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy that was made, and what had to go for it."""

    path: Path
    bytes: int
    removed: tuple[Path, ...] = ()


def back_up(source: Path | str, folder: Path | str, *, keep: int = 0) -> Backup:
    """Copy the database into `folder` and keep the `keep` newest copies (0: all).

    Raises `StoreError` when the copy can't be made or is not sound; older copies are then left alone.
    """
    source, folder = Path(source), Path(folder)
    if not source.is_file():
        raise StoreError(f"{source} does not exist: name the database with --db")
    with _writing(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = list_backups(folder, source.stem)
    number = known[-1][0] + 1 if known else 1
    target = folder / f"{source.stem}-{number:06d}-{datetime.now(WIB):%Y%m%dT%H%M}.db"
    copy_database(source, target)
    removed = []
    # The copy that was just made has the highest number and is never among those that go.
    for _, old in known[: max(len(known) + 1 - keep, 0) if keep else 0]:
        with _writing(old):
            old.unlink(missing_ok=True)
        removed.append(old)
    return Backup(path=target, bytes=target.stat().st_size, removed=tuple(removed))


def list_backups(folder: Path, stem: str) -> list[tuple[int, Path]]:
    """(number, path) of the copies of one database, oldest first."""
    name = re.compile(rf"{re.escape(stem)}-(\d{{6,}})-\d{{8}}T\d{{4}}\.db")
    found = ((name.fullmatch(path.name), path) for path in folder.iterdir())
    return sorted((int(match[1]), path) for match, path in found if match)


def copy_database(source: Path, target: Path) -> None:
    """A verified copy of `source` at `target`, which appears whole or not at all; raises `StoreError`."""
    with explained(source), closing(_open(source)) as original:
        copy_open_database(original, source, target)


def copy_open_database(original: sqlite3.Connection, source: Path, target: Path) -> None:
    """The same of a connection that is open and in no transaction."""
    building = target.with_name(f".{target.name}.{os.getpid()}")
    with _writing(target.parent):
        pages, size = (
            original.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
        needed = int(pages * size * (1 + SPARE))
        free = shutil.disk_usage(target.parent).free
        if free < needed:
            raise StoreError(
                f"no space left for {target}: it needs {needed // 1_000_000 + 1} MB, "
                f"{free // 1_000_000} MB are free; free some or name another folder"
            )
        try:
            building.unlink(missing_ok=True)
            make_private(building)
            with explained(target), closing(sqlite3.connect(building, isolation_level=None)) as copy:
                original.backup(copy)
                # One file that can be moved and read without its log.
                copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            if problems := check_copy(building):
                raise StoreError(f"{source}: its copy is not sound ({problems[0]}); run 'pantau check-db'")
            replace_on_disk(building, target)
        finally:
            for leftover in (building, building.with_name(building.name + "-journal")):
                leftover.unlink(missing_ok=True)


def check_copy(path: Path) -> list[str]:
    """What is wrong with a copy: damage, missing rows that others refer to, another program's file."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
        try:
            problems = [str(row[0]) for row in conn.execute("PRAGMA integrity_check") if row[0] != "ok"]
            problems += [
                f"{row[0]} has a row without its {row[2]}" for row in conn.execute("PRAGMA foreign_key_check")
            ]
        except sqlite3.DatabaseError as error:
            return [str(error)]  # too damaged even for the check
        if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            problems.append("no database of ours")
    return problems


def _open(source: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(find_readable(source).uri, uri=True, isolation_level=None)
    try:
        if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(f"{source} is no working database: name it with --db")
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{place} cannot be written: {error.strerror or error}; check the path, its permissions and space"
        ) from error
