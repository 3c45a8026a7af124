"""Keeps a small database of the schema of the moment: `python -m tests.db.keep_schema`, with each migration.

Writes `schemas/schema-N.db.gz` and never over one that is there: what was kept does not change. The test
of the upgrade path opens every one of them.
"""

from __future__ import annotations

import gzip
import sqlite3
import sys
import tempfile
from pathlib import Path

from db.file.migrations import NAMES
from db.store import Store
from tests.db.invented import fill_newsroom, fill_reference

SCHEMAS = Path(__file__).parent / "schemas"


def main() -> int:
    target = SCHEMAS / f"schema-{len(NAMES)}.db.gz"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pantau.db"
        with Store(path) as store:
            fill_reference(store)
            fill_newsroom(store)
        conn = sqlite3.connect(path, isolation_level=None)
        for statement in ("journal_mode = DELETE", "page_size = 512"):
            conn.execute(f"PRAGMA {statement}").fetchall()
        conn.execute("VACUUM")
        conn.close()
        try:
            with target.open("xb") as file:
                file.write(gzip.compress(path.read_bytes(), mtime=0))
        except FileExistsError:
            print(f"{target} exists already; a kept schema is never written over", file=sys.stderr)
            return 1
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
