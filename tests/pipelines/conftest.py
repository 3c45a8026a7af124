"""`pantau` called as a function or as a process, and a small database."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from db.records import Article
from db.store import Store
from extract import nlp
from extract.vocabulary import load as vocabulary
from extract.vocabulary.load import Vocabulary
from pipelines.claims import batch
from pipelines.cli import main
from tests.pipelines.invented import OFF_TOPIC, Outcome, Pantau, make_article
from tests.pipelines.newsroom import ROOT, build_newsroom


@pytest.fixture
def pantau(capfd: pytest.CaptureFixture[str]) -> Pantau:
    """`pantau` in this process."""

    def call(*args: object) -> Outcome:
        capfd.readouterr()
        code = main([str(arg) for arg in args])
        sys.stdout.flush()
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture
def pantau_process() -> Callable[..., subprocess.Popen[bytes]]:
    """`pantau` in a process of its own."""

    def start(*args: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "pipelines.cli", *map(str, args)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )

    return start


_build_nlp = nlp.build_nlp
_load_vocabulary = vocabulary.load_vocabulary


@cache
def _own_vocabulary() -> Vocabulary:
    return _load_vocabulary()


@cache
def _own_nlp() -> Any:
    return _build_nlp(_own_vocabulary())


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loads the project's own vocabulary and pipeline once for all tests of a process, not once a call."""

    def load_vocabulary(*folders: Path) -> Vocabulary:
        return _load_vocabulary(*folders) if folders else _own_vocabulary()

    def build_nlp(given: Vocabulary) -> Any:
        return _own_nlp() if given is _own_vocabulary() else _build_nlp(given)

    monkeypatch.setattr(vocabulary, "load_vocabulary", load_vocabulary)
    monkeypatch.setattr(nlp, "build_nlp", build_nlp)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the whole job was done; of this module alone."""
    made = build_newsroom(tmp_path_factory)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("newsroom") / "copy"))


@pytest.fixture(scope="session")
def extractor() -> Callable[[Article], Any]:
    return batch.build_extractor()


@pytest.fixture
def one_extractor(extractor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One extractor for all tests of a process."""
    monkeypatch.setattr(batch, "build_extractor", lambda *_: extractor)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with two articles that nobody has extracted yet."""
    path = tmp_path / "pantau.db"
    with Store(path) as store:
        store.save_outlets([{"slug": "contoh_post", "name": "Contoh Post"}])
        store.save_article(make_article(1))
        store.save_article(make_article(2, title="Harga Cabai Turun", text=OFF_TOPIC))
    return path


@pytest.fixture
def read_rows(database: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """Rows of a query on `database`."""

    def read(sql: str) -> list[tuple[Any, ...]]:
        with Store(database, read_only=True) as store:
            return [tuple(row) for row in store.db.execute(sql).fetchall()]

    return read
