"""Reads and writes one JSON value a line; a line that cannot be read costs no other."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipelines.command.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank: its number from 1, and its value or what is wrong with it."""

    number: int
    value: Any = None
    problem: str = ""


def read_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """The lines that are not blank, in order."""
    for number, raw in enumerate(lines, start=1):
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")  # a byte order mark, as spreadsheets write it
        if raw.strip():
            yield _read_line(number, raw)


class _RepeatedKeyError(ValueError):
    """An object whose keys are not each there once: nobody can say which value is meant."""


def _to_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _RepeatedKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


def _read_line(number: int, raw: bytes) -> Line:
    try:
        return Line(number=number, value=json.loads(raw.decode("utf-8"), object_pairs_hook=_to_dict))
    except UnicodeDecodeError as error:
        return Line(number=number, problem=f"not UTF-8 (byte {error.start + 1}); convert the file's encoding")
    except json.JSONDecodeError as error:
        return Line(number=number, problem=f"not JSON ({error.msg} at character {error.pos + 1})")
    except _RepeatedKeyError as error:
        return Line(number=number, problem=f"not usable: its key {error.args[0]!r:.60} stands there twice")
    except ValueError:  # of figures: Python reads no more than some thousand of them
        return Line(number=number, problem="not usable: a number in it has too many figures")
    except RecursionError:
        return Line(number=number, problem="not usable: its JSON is nested too deeply")


def load_rows(path: Path) -> list[dict[str, Any]]:
    """Every object of a file in which no line may be wrong; raises `InputError` for the first that is."""
    rows = []
    with path.open("rb") as lines:
        for line in read_lines(lines):
            problem = line.problem
            if not problem and not isinstance(line.value, dict):
                problem = "not a JSON object"
            elif not problem and not isinstance(line.value.get("id"), str):
                problem = "it has no 'id'"
            if problem:
                raise InputError(f"{path}, line {line.number}: {problem}; mend the line")
            rows.append(line.value)
    if not rows:
        raise InputError(f"{path} is empty; it should hold one JSON object a line")
    return rows


def to_line(value: object) -> bytes:
    """The value as one line of UTF-8."""
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON can spell and UTF-8 cannot: spelled as it came.
        return json.dumps(value).encode("ascii") + b"\n"


@contextmanager
def open_input(source: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of standard input for `-`."""
    if source == "-":
        yield sys.stdin.buffer
        return
    with Path(source).open("rb") as lines:
        yield lines


@contextmanager
def open_output(target: str) -> Iterator[IO[bytes]]:
    """A file, or standard output for `-`. A file appears when the block has ended well, and not before."""
    if target == "-":
        yield sys.stdout.buffer
        return
    path = Path(target)
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):  # a pipe, /dev/null: nothing to replace
        with path.open("wb") as out:
            yield out
        return
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(temporary).chmod(0o666 & ~_umask())  # mkstemp makes it private
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
