"""Files that appear complete or not at all, in a folder that one export at a time writes to.

A folder holds one export: `.pantau-export.json` lists its formats and files, so that the next one replaces
them all and touches nothing else.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from db.errors import StoreError

#: Where files grow until all are done, inside the folder, so that renaming is one step.
_BUILDING = ".pantau-export"
#: Where the files of the export before wait while the new ones take their places.
_FORMER = ".pantau-export-former"
_MANIFEST = ".pantau-export.json"
_PACKAGE = "datapackage.json"  # refers to the other files


class FolderBusyError(StoreError):
    """Another export is writing to the folder."""


@contextmanager
def building(output: Path) -> Iterator[Path]:
    """A folder to write in; when the block ends well its files replace the export in `output`, else none.

    Raises `StoreError` in one line for whatever the operating system refuses.
    """
    with _explained(output):
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY)
        try:
            _lock(handle, output)
            _put_back(output)
            draft = output / _BUILDING
            shutil.rmtree(draft, ignore_errors=True)  # of an export that was killed
            draft.mkdir()
            try:
                yield draft
                _replace(draft, output)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(handle: int, output: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise FolderBusyError(f"another export writes to {output}; wait until it has ended") from error
        # A file system without locks: two exports at once are then for the operator to avoid.


def read_manifest(output: Path) -> tuple[list[str], list[str]]:
    """(formats, files) of the export that a folder holds; empty where there is none."""
    try:
        held = json.loads((output / _MANIFEST).read_text("utf-8"))
        formats, files = ([str(name) for name in held[key]] for key in ("formats", "files"))
    except FileNotFoundError:
        return [], []
    except (ValueError, TypeError, KeyError):
        raise StoreError(
            f"{output / _MANIFEST} is damaged, so what the older export wrote is not known: "
            "move the folder away, or name another with --output"
        ) from None
    # It was ours when it was written; what points out of the folder is no longer.
    return formats, [name for name in files if ".." not in Path(name).parts and not Path(name).is_absolute()]


def save_manifest(draft: Path, formats: Sequence[str]) -> None:
    """List what a draft holds, for the export that will replace it."""
    held = {"formats": list(formats), "files": [str(name) for name in _list_files(draft)]}
    with Digested(draft / _MANIFEST) as file:
        file.write(json.dumps(held, indent=2) + "\n")


def _list_files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _replace(draft: Path, output: Path) -> None:
    """Put all files of the draft in the place of the former export's; where one can't, none.

    The manifest goes last: as long as the draft has it, the draft is not in place.
    """
    new = sorted(_list_files(draft), key=lambda name: (name.name == _MANIFEST, name.name == _PACKAGE, name))
    _, old = read_manifest(output)
    for name in new:
        if (output / name).is_dir():
            raise StoreError(f"{output / name} is a folder, where a file has to go: move it away")
    try:
        for name in dict.fromkeys([*map(Path, old), *new]):
            if (output / name).is_file():
                _move(output / name, output / _FORMER / name)
        for name in new:
            (draft / name).chmod(0o644)  # for everybody, unlike the database that they were read from
            _move(draft / name, output / name)
    except BaseException:
        _put_back(output)
        raise
    shutil.rmtree(output / _FORMER, ignore_errors=True)
    for folder in {(output / name).parent for name in old} - {output}:
        with suppress(OSError):  # what else is in it stays
            folder.rmdir()


def _put_back(output: Path) -> None:
    """Undo an export that was stopped while its files took their places."""
    draft, former = output / _BUILDING, output / _FORMER
    if (draft / _MANIFEST).exists():
        for name in read_manifest(draft)[1]:
            if not (draft / name).exists():
                (output / name).unlink(missing_ok=True)
        for path in _list_files(former) if former.is_dir() else ():
            _move(former / path, output / path)
    shutil.rmtree(former, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


@contextmanager
def _explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreError(
                f"no space left in {output}: free some and run again; files that were there are as they were"
            ) from error
        reason = error.strerror or str(error)
        raise StoreError(
            f"{output} cannot be written ({reason}): check the path and its permissions, "
            "or name another folder with --output"
        ) from error


class Digested:
    """A binary file that knows its size and SHA-256 when it is closed, and is on disk then."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self.size = 0
        self._digest = hashlib.sha256()
        self._file = path.open("xb")

    def write(self, text: str) -> int:
        """Append text as UTF-8."""
        data = text.encode()
        self.size += len(data)
        self._digest.update(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Let go of a file that will not be kept."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()
