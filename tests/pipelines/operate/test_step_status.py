"""What `status` says of runs and steps is what is so: running, killed, refused, late."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.records import WIB, CrawlReport, Step, StepOutcome
from db.store import Store
from pipelines.command.lock import Holder, read_running
from pipelines.config.load import Config
from pipelines.operate.status import Status, format_status, read_status
from tests.pipelines.command.test_lock import another_run
from tests.pipelines.invented import Pantau

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=WIB)


def save_step(
    database: Path, name: str, hours_ago: float, outcome: StepOutcome = "done", **more: Any
) -> None:
    started = NOW - timedelta(hours=hours_ago)
    step = Step(run=f"r{hours_ago}", name=name, started_at=started, outcome=outcome, **more)
    with Store(database) as store:
        store.save_step(step)


def end(hours_ago: float) -> datetime:
    return NOW - timedelta(hours=hours_ago) + timedelta(minutes=1)


def save_crawl(database: Path, hours_ago: float, *, ended: bool = True) -> None:
    report = CrawlReport(
        id=f"r{hours_ago}/contoh_post",
        run=f"r{hours_ago}",
        outlet="contoh_post",
        started_at=NOW - timedelta(hours=hours_ago),
        finished_at=end(hours_ago) if ended else None,
    )
    with Store(database) as store:
        store.save_crawl(report)


def look(database: Path, running: Holder | None = None, config: Config | None = None) -> Status:
    with Store(database, read_only=True) as store:
        return read_status(store, now=NOW, running=running, config=config)


def ids(status: Status) -> list[str]:
    return [problem.id for problem in status.open]


def test_a_running_crawl_is_not_called_dead(database: Path) -> None:
    save_crawl(database, 1, ended=False)
    save_step(database, "publish", 1, "", finished_at=None)
    running = Holder(verb="run", pid=12, since=NOW - timedelta(hours=1))
    status = look(database, running)
    assert ids(status) == []
    assert status.outlets[0].running
    assert (
        f"running: pantau run, process 12, since {running.since}".replace(" 05:", "T05:")
        + "; 1 outlets are being crawled"
    ) in list(format_status(status))


@pytest.mark.parametrize("since", [None, NOW - timedelta(minutes=5)])
def test_what_nobody_works_on_any_more_was_killed(database: Path, since: datetime | None) -> None:
    save_crawl(database, 1, ended=False)
    save_step(database, "crawl", 1, "", finished_at=None)
    save_step(database, "extract", 1, "", finished_at=None)
    status = look(database, Holder(verb="run", pid=12, since=since) if since else None)
    assert ids(status) == ["contoh_post/killed", "extract/killed"]
    assert not status.outlets[0].running


def test_what_began_after_the_lock_was_looked_at_is_running(database: Path) -> None:
    save_crawl(database, -0.01, ended=False)
    assert ids(look(database)) == []


def test_the_lock_tells_who_runs(database: Path, pantau: Pantau) -> None:
    assert read_running(database) is None
    with another_run(database) as process:
        holder = read_running(database)
        assert holder is not None
        assert (holder.verb, holder.pid) == ("crawl", process.pid)
        outcome = pantau("status", "--db", database, "--json")
        assert outcome.code == 0  # nothing was crawled yet, but something does
        assert json.loads(outcome.out)["running"]["pid"] == process.pid
        assert f"running: pantau crawl, process {process.pid}" in pantau("status", "--db", database).out
        process.kill()
        process.wait(timeout=10)
        assert read_running(database) is None


def test_a_run_that_hangs_needs_a_person(database: Path) -> None:
    save_crawl(database, 9, ended=False)
    assert ids(look(database, Holder(verb="run", pid=12, since=NOW - timedelta(hours=9)))) == ["run/long"]


@pytest.mark.parametrize(
    ("outcome", "wanted"),
    [
        ("refused", "publish/refused"),
        ("failed", "publish/failed"),
        ("defect", "publish/defect"),
        ("needs-a-person", "publish/incomplete"),
        ("interrupted", None),
        ("locked", None),
        ("done", None),
    ],
)
def test_how_the_last_publication_ended(database: Path, outcome: StepOutcome, wanted: str | None) -> None:
    save_crawl(database, 1)
    save_step(database, "publish", 25, finished_at=end(25), exit_code=0)
    save_step(database, "publish", 1, outcome, finished_at=end(1), detail="pilots fell from 9 to 4")
    status = look(database)
    assert ids(status) == ([wanted] if wanted else [])
    if wanted:
        assert "pilots fell from 9 to 4" in status.open[0].text
    if outcome in ("refused", "failed", "defect"):
        assert "the last good one is of 2026-11-23 05:00" in status.open[0].text
        assert status.steps["publish"].done_at == "2026-11-23T05:00:00+07:00"
        assert status.steps["publish"].outcome == outcome


def test_what_was_done_once_and_then_no_more_is_missed_by_its_own_schedule(database: Path) -> None:
    save_crawl(database, 1)
    for name in ("publish", "backup", "digest"):
        save_step(database, name, 40, finished_at=end(40))
    assert ids(look(database)) == ["publish/late", "backup/late"]  # a digest comes once a week
    weekly = Config(run_at="Mon 05:15", backup_at="Sun 02:30")
    assert ids(look(database, config=weekly)) == []
    assert look(database).steps["extract"].done_at is None


def test_a_weekly_run_is_not_late_after_two_days(database: Path) -> None:
    save_crawl(database, 48)
    assert ids(look(database)) == ["crawl/late"]
    assert ids(look(database, config=Config(run_at="Mon 05:15"))) == []


def test_a_digest_that_nobody_got_is_no_digest(database: Path) -> None:
    save_crawl(database, 1)
    save_step(
        database, "digest", 1, "needs-a-person", finished_at=end(1), detail="could not be sent to ntfy://…"
    )
    status = look(database)
    assert ids(status) == ["digest/incomplete"]
    assert status.steps["digest"].done_at is None


def test_a_refused_publication_is_told_after_the_run(database: Path, pantau: Pantau) -> None:
    assert pantau("extract", "--db", database).code == 0
    assert pantau("publish", "--db", database).code == 0
    with closing(sqlite3.connect(database)) as conn, conn:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("DELETE FROM articles")
    assert pantau("publish", "--db", database).code == 1
    report = json.loads(pantau("status", "--db", database, "--json").out)
    refused = next(problem for problem in report["open"] if problem["id"] == "publish/refused")
    assert "articles fell from 1 to 0" in refused["text"]
    assert report["steps"]["publish"]["outcome"] == "refused"
    assert report["steps"]["publish"]["done_at"] < report["steps"]["publish"]["tried_at"]


def test_what_is_off_has_nothing_to_mend(database: Path) -> None:
    save_crawl(database, 1, ended=False)
    assert ids(look(database)) == ["contoh_post/killed"]
    status = look(database, config=Config(off=("contoh_post",)))
    assert ids(status) == []
    assert "off, as the configuration says: contoh_post" in list(format_status(status))
