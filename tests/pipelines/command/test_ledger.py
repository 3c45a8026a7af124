"""The ledger: each step with its end, whatever that was, so that nobody takes a refusal for a success."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.public.publish import BoundError
from db.records import Step
from db.store import Store
from pipelines.command.ledger import record_step, tally
from pipelines.command.lock import hold_lock
from tests.pipelines.invented import Pantau


@pytest.fixture
def last(database: Path) -> Callable[[str], Step]:
    def read(name: str) -> Step:
        with Store(database, read_only=True) as store:
            step = store.last_step(name)
        assert step is not None
        return step

    return read


def test_each_verb_that_works_on_the_database_leaves_its_end(
    database: Path, tmp_path: Path, pantau: Pantau, last: Callable[[str], Step]
) -> None:
    pantau("extract", "--db", database, "--quiet")
    pantau("publish", "--db", database)
    pantau("backup", "--db", database, "--to", tmp_path / "b")
    pantau("digest", "--db", database, "--since", "2025-01-01")
    counts = {}
    for name in ("extract", "publish", "backup", "digest"):
        step = last(name)
        assert (step.exit_code, step.outcome, step.detail) == (0, "done", "")
        assert step.finished_at is not None
        assert step.finished_at >= step.started_at
        counts[name] = step.counts
    assert counts["extract"]["articles"] == 2
    assert counts["publish"]["pilots"] == 4
    assert counts["backup"]["bytes"] > 0
    assert counts["digest"] == {"stories": 1}


def test_a_run_leaves_its_steps_and_itself_under_one_id(
    database: Path, pantau: Pantau, last: Callable[[str], Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    import db.public.publish
    from pipelines import steps

    def refuse(*_: Any, **__: Any) -> None:
        raise BoundError("public.db was kept as it is: pilots fell from 9 to 1")

    monkeypatch.setattr(steps, "_crawl", lambda *_: 0)
    monkeypatch.setattr(db.public.publish, "publish", refuse)
    outcome = pantau("run", "--db", database)
    assert outcome.code == 1
    assert "pilots fell from 9 to 1" in outcome.err
    run, published = last("run"), last("publish")
    assert (published.outcome, published.exit_code) == ("refused", 1)
    assert published.detail == "public.db was kept as it is: pilots fell from 9 to 1"
    assert (run.outcome, run.exit_code, run.detail) == ("needs-a-person", 1, "publish ended with 1")
    assert last("extract").outcome == last("crawl").outcome == last("retention").outcome == "done"
    assert {last(name).run for name in ("run", "crawl", "extract", "publish", "retention")} == {run.run}


@pytest.mark.parametrize(
    ("error", "code", "outcome", "words"),
    [
        (BoundError("pilots fell"), 1, "refused", "pilots fell"),
        (PermissionError(13, "Permission denied", "public.db"), 2, "failed", "public.db: Permission denied"),
        (ZeroDivisionError("nothing"), 1, "defect", "ZeroDivisionError: nothing"),
        (KeyboardInterrupt(), 130, "interrupted", "interrupted"),
    ],
)
def test_a_publication_that_fails_is_known_by_its_reason(
    error: BaseException,
    code: int,
    outcome: str,
    words: str,
    database: Path,
    pantau: Pantau,
    last: Callable[[str], Step],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import db.public.publish

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(db.public.publish, "publish", fail)
    assert pantau("publish", "--db", database).code == code
    step = last("publish")
    assert (step.exit_code, step.outcome) == (code, outcome)
    assert step.detail.startswith(words)
    assert "\n" not in step.detail
    with Store(database, read_only=True) as store:
        assert store.last_step("publish", done=True) is None


def test_a_step_that_was_killed_has_no_end(database: Path) -> None:
    seen = []

    def work() -> int:
        with Store(database, read_only=True) as reader:
            seen.append(reader.last_step("extract"))
        return 0

    with hold_lock(database, verb="extract"), Store(database) as store:
        record_step(database, "extract", work, store=store)
    [begun] = seen
    assert begun is not None
    assert (begun.finished_at, begun.exit_code, begun.outcome) == (None, None, "")


def test_the_counts_of_a_step_are_its_own(database: Path, last: Callable[[str], Step]) -> None:
    def inner() -> int:
        tally(articles=2)
        return 0

    def outer() -> int:
        record_step(database, "inner", inner)
        tally(articles=1, failed=0)
        tally(articles=1)
        return 0

    record_step(database, "outer", outer)
    tally(articles=5)
    assert last("inner").counts == {"articles": 2}
    assert last("outer").counts == {"articles": 2, "failed": 0}


def test_the_ledger_costs_no_backup_its_result(database: Path, tmp_path: Path, pantau: Pantau) -> None:
    """An older file is copied as it is, and a locked one as well."""
    conn = sqlite3.connect(database, isolation_level=None)
    conn.execute("DROP TABLE steps")
    conn.execute("PRAGMA user_version = 4")
    before = conn.execute("SELECT name FROM sqlite_master").fetchall()
    assert pantau("backup", "--db", database, "--to", tmp_path / "b").code == 0
    assert conn.execute("SELECT name FROM sqlite_master").fetchall() == before
    conn.close()


def test_no_step_is_published(database: Path, tmp_path: Path, pantau: Pantau) -> None:
    pantau("extract", "--db", database)
    assert pantau("publish", "--db", database, "--output", tmp_path / "out.db").code == 0
    conn = sqlite3.connect(tmp_path / "out.db")
    assert conn.execute("SELECT name FROM sqlite_master WHERE name LIKE 'steps%'").fetchall() == []
    conn.close()
