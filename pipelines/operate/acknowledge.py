"""Problems that somebody knows of and that may wait: with why and until when, in a file beside the database.

An entry holds to the end of its last day, and as long as its problem says the same but for figures and dates.
After that the problem is open again. Entries that hold no more go when the file is next written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.guess import suggest
from db.toml_records import Filled, TomlReader
from pipelines.command.console import Say, one_line
from pipelines.command.errors import EXIT_DONE, InputError
from pipelines.config.show import to_toml
from pipelines.crawl.problems import Problem, words_of

_HEAD = """\
# Problems of 'pantau status' that may wait. 'pantau status --acknowledge' and '--reopen' write this file.
# Each holds through the day 'until', and as long as the problem says what 'text' says but for its figures.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Why a problem may wait, and until when (that day included)."""

    problem: Filled  # its id
    text: str  # what it said
    reason: str
    until: date
    made_on: date

    def covers(self, problem: Problem, today: date) -> bool:
        """Whether it holds for what a problem says today."""
        same = self.problem == problem.id and words_of(self.text) == words_of(problem.text)
        return same and today <= self.until


def acknowledgements_path(db: Path) -> Path:
    """The file beside a database."""
    return db.with_name(f"{db.stem}.acknowledged.toml")


def read_acknowledgements(db: Path) -> list[Acknowledgement]:
    """What is acknowledged; `InputError` where the file can't be used."""
    path = acknowledgements_path(db)
    if not path.exists():
        return []
    reader = TomlReader(path, InputError)
    data = reader.load()
    reader.check_keys(data, ("acknowledged",))
    return [
        reader.record(Acknowledgement, table, f"[[acknowledged]] {number}")
        for number, table in enumerate(reader.tables(data, "acknowledged"), 1)
    ]


def split(
    problems: Iterable[Problem], known: Sequence[Acknowledgement], today: date
) -> tuple[list[Problem], list[tuple[Problem, Acknowledgement]]]:
    """The problems that are open, and those that may wait."""
    still, waiting = [], []
    for problem in problems:
        found = next((one for one in known if one.covers(problem, today)), None)
        if found is None:
            still.append(problem)
        else:
            waiting.append((problem, found))
    return still, waiting


def acknowledge(
    db: Path,
    problems: Sequence[Problem],
    ids: Sequence[str],
    *,
    reason: str,
    until: date,
    today: date,
    say: Say,
) -> int:
    """Let problems of the moment wait through `until`."""
    names = {problem.id for problem in problems}
    for name in ids:
        if name not in names:
            raise InputError(f"no problem is {name!r}; {suggest(name, sorted(names))}")
    if until < today:
        raise InputError(f"--until {until} has passed; name today or a later day")
    new = [
        Acknowledgement(
            problem=problem.id, text=problem.text, reason=one_line(reason), until=until, made_on=today
        )
        for problem in problems
        if problem.id in ids
    ]
    _write(db, [one for one in read_acknowledgements(db) if one.problem not in ids] + new, today)
    for one in new:
        say(f"{one.problem}: acknowledged until {one.until} ({one.reason})")
    return EXIT_DONE


def reopen(db: Path, ids: Sequence[str], *, today: date, say: Say) -> int:
    """Take acknowledgements back."""
    known = read_acknowledgements(db)
    names = {one.problem for one in known}
    for name in ids:
        if name not in names:
            raise InputError(f"{name!r} is not acknowledged; {suggest(name, sorted(names))}")
    _write(db, [one for one in known if one.problem not in ids], today)
    for name in ids:
        say(f"{name}: open again")
    return EXIT_DONE


def _write(db: Path, entries: Sequence[Acknowledgement], today: date) -> None:
    path = acknowledgements_path(db)
    blocks = [_HEAD]
    for one in entries:
        if one.until >= today:
            values = {name: getattr(one, name) for name in Acknowledgement.__slots__}
            lines = [f"{name} = {to_toml(value)}" for name, value in values.items()]
            blocks.append("\n".join(["[[acknowledged]]", *lines, ""]))
    building = path.with_name(f".{path.name}.building")
    building.write_text("\n".join(blocks), encoding="utf-8")
    building.replace(path)
