"""One call of `pantau` in the log file: when it began, what it told and counted, how it ended.

These lines are for whoever looks later, so they go into the file alone, whatever `--quiet` says: a terminal
or cron's mail has what the verb prints, and the shell its exit code. A beginning without an end is a call
that was killed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from db.records import Step
from pipelines.command.console import FILE_ONLY, log, new_run_id


class Call:
    """The id of a call, and its lines in the log file: the first, the steps', the last."""

    def __init__(self) -> None:
        self.run = new_run_id()
        self._verb = ""
        self._steps: list[dict[str, Any]] = []
        self._clock = time.monotonic()

    def begin(self, verb: str, db: Path | None) -> None:
        """The first line; call it when the log is set up."""
        self._verb = verb
        about = {"pid": os.getpid(), "version": version("pantau-berdaya"), "db": str(db)}
        _note(f"pantau {verb} began: {_list(about)}", event="begin", **about)

    def tell(self, message: str) -> None:
        """A line of result, as standard output has it."""
        _note(message, event="result")

    def note_step(self, step: Step) -> None:
        """How a step of the ledger ended, and what it counted."""
        about = {"step": step.name, "exit_code": step.exit_code, "outcome": step.outcome}
        counts = dict(sorted(step.counts.items()))
        self._steps.append(about | {"counts": counts})
        told = f": {_list(counts)}" if counts else ""
        line = f"step {step.name} ended with exit code {step.exit_code} ({step.outcome}){told}"
        _note(line, event="step", **about, counts=counts)

    def end(self, code: int) -> None:
        """The last line, with the exit code; none where the call never came to its verb."""
        if not self._verb:
            return
        seconds = round(time.monotonic() - self._clock, 1)
        line = f"pantau {self._verb} ended with exit code {code} after {seconds} s"
        _note(line, event="end", exit_code=code, seconds=seconds, steps=self._steps)


def _list(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _note(line: str, **about: Any) -> None:
    log.info("%s", line, extra={FILE_ONLY: about})
