"""Files that appear complete or not at all, in a folder that one export at a time writes to."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from db.errors import StoreError

#: Where files grow until all are done, inside the folder, so that renaming is one step.
_BUILDING = ".pantau-export"


class FolderBusyError(StoreError):
    """Another export is writing to the folder."""


@contextmanager
def building(output: Path) -> Iterator[Path]:
    """A folder to write in; when the block ends well its files replace those of `output`, else none.

    Raises `StoreError` in one line for whatever the operating system refuses.
    """
    with _explained(output):
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY)
        try:
            _lock(handle, output)
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


def _replace(draft: Path, output: Path) -> None:
    """Move all files of the draft, with what they refer to before what refers to them."""
    files = sorted(
        (path.relative_to(draft) for path in draft.rglob("*") if path.is_file()),
        key=lambda path: (path.name == "datapackage.json", path),
    )
    for name in files:
        if (output / name).is_dir():
            raise StoreError(f"{output / name} is a folder, where a file has to go: move it away")
        (output / name).parent.mkdir(exist_ok=True)
    for name in files:
        (draft / name).replace(output / name)


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
