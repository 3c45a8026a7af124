"""A finished file in the place of an older one, so that a power cut leaves one of the two whole."""

from __future__ import annotations

import os
from pathlib import Path


def replace_on_disk(building: Path, target: Path) -> None:
    """Rename, with the file before and its folder behind it on disk. Raises OSError."""
    with building.open("rb") as file:
        os.fsync(file.fileno())
    building.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
