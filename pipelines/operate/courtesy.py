"""What was asked of each host on each of the last days, at which pace, and what it refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from db.records import WIB
from db.store import Store
from pipelines.claims.jsonl import to_line
from pipelines.command.errors import EXIT_DONE

#: Days of the courtesy ledger that are told.
LEDGER_DAYS = 14
_LEDGER = "SELECT * FROM courtesy_days WHERE day >= ? ORDER BY day DESC, host"


def show_courtesy(db: Path, *, as_json: bool) -> int:
    """Print what was asked of each host on each of the last days, at which pace, and what it refused."""
    first = (datetime.now(WIB) - timedelta(days=LEDGER_DAYS)).date().isoformat()
    with Store(db, read_only=True) as store:
        rows = [dict(row) for row in store.db.execute(_LEDGER, [first]).fetchall()]
    if as_json:
        click.echo(to_line({"since": first, "days": rows}), nl=False)
        return EXIT_DONE
    for line in format_courtesy(rows):
        click.echo(line)
    return EXIT_DONE


def format_courtesy(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The ledger as lines for a terminal."""
    if not rows:
        yield f"nothing was asked of any host in the last {LEDGER_DAYS} days"
        return
    width = max(len(row["host"]) for row in rows)
    heads = ("requests", "kB", "delay s", "kept back", "304", "403", "429", "errors", "silent")
    yield f"{'day':10}  {'host':{width}}  " + " ".join(f"{head:>9}" for head in heads)
    for row in rows:
        delay = "-" if row["shortest_delay"] is None else f"{row['shortest_delay']:g}"
        cells = (
            row["requests"], row["bytes"] // 1000, delay, row["kept_back"], row["not_modified"],
            row["status_403"], row["status_429"], row["other_errors"], row["unanswered"],
        )  # fmt: skip
        yield f"{row['day']}  {row['host']:{width}}  " + " ".join(f"{cell:>9}" for cell in cells)
