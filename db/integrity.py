"""Whether a database is sound: the file, its schema, each cell, each claim against the words it rests on.

What was removed on purpose is no damage: archive files that retention let go, texts of older versions. Memory
does not grow with the file: every question is asked of one row at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.checks.cell_rules import check_cells
from db.checks.claims import check_claims
from db.checks.damage import RESTORE, Tally
from db.checks.record_digests import Verify, check_archive
from db.checks.schema import check_schema, check_search, check_summaries
from db.errors import explained
from db.file.connection import PUBLIC_ID, open_published, read_owner
from db.file.session import Session


def check_database(
    path: Path | str, *, archive: Path | None = None, verify: Verify | None = None
) -> list[str]:
    """What is wrong with a working or a public database, one line a kind; nothing is written.

    With `archive` and `verify`, every record that the database points to is read there. Raises `StoreError`
    when the file can't even be opened.
    """
    path = Path(path)
    tally = Tally()
    public = path.is_file() and read_owner(path) == PUBLIC_ID
    with _opened(path, public=public) as conn, explained(path):
        _check_file(conn, tally)
        if not any(tally.damages()):  # of a damaged file nothing else can be trusted
            _check_contents(conn, path, tally, public=public)
            if archive is not None and verify is not None and not public:
                check_archive(conn, tally, archive, verify)
    return [str(damage) for damage in tally.damages()]


@contextmanager
def _opened(path: Path, *, public: bool) -> Iterator[sqlite3.Connection]:
    with closing(open_published(path)) if public else Session(path, read_only=True) as opened:
        db = opened.db if isinstance(opened, Session) else opened
        db.conn.row_factory = None
        db.execute("PRAGMA cache_size = -16000")
        yield db.conn


def _check_file(conn: sqlite3.Connection, tally: Tally) -> None:
    for (line,) in conn.execute("PRAGMA integrity_check"):
        if line != "ok":
            tally.add("damaged", line, RESTORE)


def _check_contents(conn: sqlite3.Connection, path: Path, tally: Tally, *, public: bool) -> None:
    if not check_schema(conn, tally, public=public):
        return  # what is missing can't be asked
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        tally.add(f"broken reference: {table} has a row without its {parent}", f"row {row}", RESTORE)
    check_search(path, tally)
    check_cells(conn, tally)
    check_claims(conn, tally, public=public)
    if public and not any(tally.damages()):  # what is wrong below is wrong in its sums as well
        check_summaries(conn, tally)
