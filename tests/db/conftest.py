"""A store in an empty folder, with the reference tables filled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.db.invented import fill_reference


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pantau.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        fill_reference(opened)
        yield opened
