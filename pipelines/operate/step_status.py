"""What the ledger of steps tells: when each was last done, and which ended as none should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.records import Step
from db.store import Store
from pipelines.command.lock import Holder
from pipelines.config.load import Config, read_time
from pipelines.crawl.problems import Problem, make_problem
from pipelines.operate.schedule import LONGEST

#: Steps that come by schedule, in the order in which they are told, each with its words.
STEPS: Mapping[str, str] = {
    "crawl": "crawl",
    "extract": "extraction",
    "publish": "publication",
    "backup": "backup",
    "digest": "digest",
}
_BAD: Mapping[str, str] = {
    "refused": "was refused",
    "failed": "could not be done",
    "defect": "met a defect of the program",
    "needs-a-person": "was done in part",
}
_KINDS = {"needs-a-person": "incomplete"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStatus:
    """A step: when it last did its work, and how it ended when it was last tried. Times are ISO 8601."""

    done_at: str | None
    tried_at: str | None
    outcome: str  # of the last try; "" while it runs
    detail: str
    counts: Mapping[str, int]


def period_of(config: Config, name: str) -> timedelta:
    """How often the configuration schedules a step: each day, or each week where it names a day."""
    when = {"backup": config.backup_at, "digest": config.digest_at}.get(name, config.run_at)
    return timedelta(weeks=1) if read_time(when)[0] else timedelta(days=1)


def read_steps(store: Store) -> dict[str, StepStatus]:
    """The steps of `STEPS`."""
    found = {}
    for name in STEPS:
        last, done = store.last_step(name), _last_done(store, name)
        found[name] = StepStatus(
            done_at=done.started_at.isoformat() if done else None,
            tried_at=last.started_at.isoformat() if last else None,
            outcome=last.outcome if last else "",
            detail=last.detail if last else "",
            counts=dict(last.counts) if last else {},
        )
    return found


def _last_done(store: Store, name: str) -> Step | None:
    # A digest that an address did not take is none for whoever waits for it there.
    return store.last_step(name, done=True) if name == "digest" else store.last_worked(name)


def is_running(started_at: datetime, running: Holder | None, now: datetime) -> bool:
    """Whether what began then and has no end is at work: a run holds the lock since before.

    `running` is who held the lock at the time `now`, before anything was read from the database.
    """
    if running is None:
        return started_at >= now  # it began after nobody held the lock
    return running.since is None or started_at >= running.since


def check_steps(store: Store, config: Config, running: Holder | None, now: datetime) -> Iterator[Problem]:
    """What of the steps needs a person."""
    if running and running.since and now - running.since > timedelta(hours=LONGEST["run"]):
        text = f"{running} works longer than {LONGEST['run']} hours; see whether it hangs, and end it"
        yield make_problem(running.verb, "long", text)
    for name in store.step_names():
        last = store.last_step(name)
        if last is None or name == "run":
            continue  # a run is its steps
        words = STEPS.get(name, name)
        if last.finished_at is None:
            # An outlet's crawl that was killed is told with the outlet.
            if name != "crawl" and not is_running(last.started_at, running, now):
                text = f"the {words} of {_minute(last.started_at)} did not end: it was killed; run it again"
                yield make_problem(name, "killed", text)
        elif last.outcome in _BAD and (last.detail or last.outcome != "needs-a-person"):
            done = _last_done(store, name)
            kept = (
                f"the last good one is of {_minute(done.started_at)}" if done else "there was no good one yet"
            )
            text = f"the {words} of {_minute(last.started_at)} {_BAD[last.outcome]} ({kept}): {last.detail}"
            yield make_problem(name, _KINDS.get(last.outcome, last.outcome), text)
    for name in STEPS:
        done = _last_done(store, name)
        if name == "crawl" or done is None:
            continue  # crawls tell it themselves; what was never done is not missed
        if now - done.started_at > period_of(config, name) * 1.5:
            text = f"no {STEPS[name]} since {_minute(done.started_at)}: see whether its job still runs"
            yield make_problem(name, "late", text)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
