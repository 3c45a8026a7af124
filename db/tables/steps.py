"""The ledger of steps: what was begun, when it ended and how."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from db.file.rows import to_json, to_moment, to_text
from db.file.session import Session
from db.records import WIB, Step, StepOutcome


class StepTables(Session):
    """Saves and reads the steps of runs."""

    def save_step(self, step: Step) -> None:
        """Store a step; saved again under its run and name, it replaces what was known of it."""
        with self.transaction():
            self._upsert("steps", [_step_row(step)], key="id")

    def last_step(self, name: str, *, done: bool = False) -> Step | None:
        """The step of that name that began last; with `done`, the last one that did all that it should.

        A digest counts in `sent` to how many addresses it went, a publication in `articles` what it holds.
        """
        return self._last_step(name, ("done",) if done else ())

    def last_worked(self, name: str) -> Step | None:
        """The last step of that name that did its work, also where something in it needs a person."""
        return self._last_step(name, ("done", "needs-a-person"))

    def _last_step(self, name: str, outcomes: Sequence[StepOutcome]) -> Step | None:
        among = f"AND outcome IN ({', '.join('?' * len(outcomes))}) " if outcomes else ""
        rows = self._all(
            f"SELECT * FROM steps WHERE name = ? {among}ORDER BY started_at DESC, id DESC LIMIT 1",
            [name, *outcomes],
        )
        return _read_step(rows[0]) if rows else None

    def step_names(self) -> list[str]:
        """The names under which anything was begun, in alphabetical order."""
        return [name for (name,) in self._all("SELECT DISTINCT name FROM steps ORDER BY name")]


def _step_row(step: Step) -> dict[str, object]:
    where = f"step {step.run}/{step.name}: "
    return {
        "id": f"{step.run}/{step.name}",
        "run": step.run,
        "name": step.name,
        "started_at": to_text(step.started_at, where + "started_at"),
        "finished_at": to_text(step.finished_at, where + "finished_at"),
        "exit_code": step.exit_code,
        "outcome": step.outcome,
        "detail": step.detail,
        "counts": to_json(dict(step.counts)),
    }


def _read_step(row: sqlite3.Row) -> Step:
    return Step(
        run=row["run"],
        name=row["name"],
        started_at=datetime.fromisoformat(row["started_at"]).astimezone(WIB),
        finished_at=to_moment(row["finished_at"]),
        exit_code=row["exit_code"],
        outcome=row["outcome"],
        detail=row["detail"],
        counts=json.loads(row["counts"]),
    )
