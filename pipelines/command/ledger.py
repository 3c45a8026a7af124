"""Writes down each step of a run: when it began and ended, with which exit code, and what came of it.

A step that holds the database's lock is written when it begins and again when it ends: one without an end
was killed, or runs. What needs no lock (a backup, a digest) is written when it ends.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import click

from db.errors import StoreError
from db.records import WIB, Step, StepOutcome
from db.store import Store
from pipelines.command.calls import Call
from pipelines.command.console import log, new_run_id, one_line
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, classify

_OUTCOMES: dict[int, StepOutcome] = {EXIT_DONE: "done", EXIT_NEEDS_A_PERSON: "needs-a-person"}


@dataclass
class _Notes:
    """What a step tells of itself while it is under way."""

    counts: Counter[str] = field(default_factory=Counter)
    detail: str = ""


_under_way: ContextVar[_Notes | None] = ContextVar("step under way", default=None)


def tally(**counts: int) -> None:
    """Add to the counts of the step that is under way; outside of one, nothing."""
    if (notes := _under_way.get()) is not None:
        notes.counts.update(counts)


def explain_step(detail: str) -> None:
    """Say in one line why the step that is under way ends as it does."""
    if (notes := _under_way.get()) is not None:
        notes.detail = one_line(detail)


def record_step(db: Path, name: str, work: Callable[[], int], *, store: Store | None = None) -> int:
    """Do the work, write down how it went and return its exit code; what it raises goes on.

    With `store`, the database as it is held open under its lock, the beginning is written, too: where that
    can't be, the work could not be saved either, and `StoreError` is raised. An end that can't be written
    is told and changes nothing else.
    """
    call = _call()
    step = Step(run=call.run if call else new_run_id(), name=name, started_at=datetime.now(WIB))
    if store is not None:
        store.save_step(step)
    notes = _Notes()
    token = _under_way.set(notes)
    try:
        code = work()
        step = replace(step, exit_code=code, outcome=_OUTCOMES.get(code, "failed"), detail=notes.detail)
        return code
    except BaseException as error:
        failure = classify(error)
        step = replace(
            step, exit_code=failure.code, outcome=failure.outcome, detail=one_line(failure.message)
        )
        raise
    finally:
        _under_way.reset(token)
        step = replace(step, finished_at=datetime.now(WIB), counts=dict(notes.counts))
        if call is not None:
            call.note_step(step)
        if store is not None:
            _save_end(store, step)
        else:
            _save_beside(db, step)


def _call() -> Call | None:
    context = click.get_current_context(silent=True)
    return context.find_object(Call) if context else None


def _save_end(store: Store, step: Step) -> None:
    try:
        store.save_step(step)
    except StoreError as error:
        # A step that failed has most likely told the same already.
        level = logging.WARNING if step.outcome == "done" else logging.DEBUG
        log.log(level, "the end of %s can't be written into the ledger: %s", step.name, one_line(error))


def _save_beside(db: Path, step: Step) -> None:
    """Save without the lock, into a file that is there, of today's schema, and may be written."""
    if not db.is_file() or not os.access(db, os.W_OK) or not os.access(db.parent, os.W_OK):
        return
    try:
        Store(db, read_only=True).close()  # nobody's older file is brought to a new schema by the way
        with Store(db) as store:
            store.save_step(step)
    except StoreError as error:
        log.debug("%s is not written into the ledger: %s", step.name, one_line(error))
