"""Checks across files, which no single test or lint sees: `python -m pipelines.check`, part of `make lint`.

Names that are written twice must agree, the vocabulary and the outlet files must load, and the documents
must mention what there is. Exit code 1 where something is wrong; warnings are told and change nothing.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import extract
from crawler.outlet.load import OutletError, load_outlets
from db.records import WIB, Article
from db.store import Store
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import Vocabulary, VocabularyError, load_vocabulary
from extract.vocabulary.phrases import expand
from extract.vocabulary.tokens import TextRules
from pipelines.cli import pantau

ROOT = Path(__file__).parents[1]

#: Lines from which a module is worth splitting: more does not fit in a head.
LONG = 250
_FLOORS = ("crawler", "extract", "db", "pipelines", "sample", "tests", "benchmarks")

_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_MAKE = re.compile(r"`make ([a-z]+)")
_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which file; a warning is a hint."""

    path: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {'warning: ' if self.warning else ''}{self.message}"


def check_outlets(root: Path) -> Iterator[Problem]:
    """Every outlet file loads, and every folder of recorded pages belongs to an outlet."""
    problems: list[OutletError] = []
    known: set[str] = set()
    for folder in (root / "crawler" / "outlets", root / "sample" / "outlets"):
        known |= set(load_outlets(folder, on_error=problems.append))
    yield from (Problem("crawler/outlets", str(error)) for error in problems)
    pages = root / "tests" / "pages"
    for folder in sorted(pages.iterdir()) if pages.is_dir() else ():
        if folder.is_dir() and folder.name not in known:
            yield Problem(
                f"tests/pages/{folder.name}", "no outlet has this slug; name the folder after its outlet"
            )


def check_recordings(root: Path) -> Iterator[Problem]:
    """Every content system has at least one outlet with recorded pages."""
    recorded = {path.name for path in (root / "tests" / "pages").glob("*") if path.is_dir()}
    by_platform: dict[str, list[str]] = {}
    for path in sorted((root / "crawler" / "outlets").glob("*.toml")):
        outlet = tomllib.loads(path.read_text(encoding="utf-8"))
        by_platform.setdefault(outlet.get("like") or path.stem, []).append(path.stem)
    for platform, slugs in by_platform.items():
        if not recorded.intersection(slugs):
            yield Problem(
                "tests/pages", f"no recorded page of '{platform}'; record one of {', '.join(slugs)}"
            )


def check_vocabulary(root: Path) -> Iterator[Problem]:
    """The vocabulary loads: no alias with two owners, no unknown reference, keys as their files are named."""
    try:
        load_vocabulary()
    except VocabularyError as error:
        yield Problem(str(root / "extract" / "knowledge"), str(error))


class _Asked(dict[str, Any]):
    """A table of cue lists that notes which are asked for."""

    def __init__(self, name: str, lists: Mapping[str, Any], asked: set[tuple[str, str]]) -> None:
        super().__init__(lists)
        self._name, self._noted = name, asked

    def __getitem__(self, key: str) -> Any:
        self._noted.add((self._name, key))
        return super().__getitem__(key)


def check_cues(root: Path) -> Iterator[Problem]:
    """Every list of cues is asked for by the code, and every list that the code asks for is there."""
    try:
        vocabulary = load_vocabulary()
    except VocabularyError:
        return  # told by check_vocabulary
    asked: set[tuple[str, str]] = set()
    noting = {name: _Asked(name, lists, asked) for name, lists in vocabulary.cues.items()}
    vocabulary = replace(vocabulary, cues=noting, _built={})
    for build in (_read_an_article, *_find_builders()):
        try:
            build(vocabulary)
        except VocabularyError as error:
            yield Problem("extract/knowledge/cues", str(error))
    # What prepares texts is read when the vocabulary is loaded, with a default for what is not there.
    rules = {("text", rule.name) for rule in fields(TextRules) if not rule.metadata.get("derived")}
    for _, key in sorted(rules):
        if key not in vocabulary.cues.get("text", {}):
            yield Problem("extract/knowledge/cues/text.toml", f"lacks {key!r}")
    for name, lists in vocabulary.cues.items():
        for key in lists:
            if (name, key) not in asked | rules:
                yield Problem(f"extract/knowledge/cues/{name}.toml", f"nothing asks for {key!r}; remove it")


def _read_an_article(vocabulary: Vocabulary) -> None:
    """Some lists are asked for only when a text is read."""
    nlp = build_nlp(vocabulary)
    for programme in vocabulary.programmes.values():
        text = f"Program {expand(programme.names[0])[0].title()} diluncurkan, Kamis (30/10/2025)."
        article = Article(id="a", url="", outlet="", title="", text=text, published_at=datetime.now(WIB))
        extract_facts(article, nlp, vocabulary, programme.id)


def _find_builders() -> Iterator[Callable[[Vocabulary], object]]:
    """The functions and classes of `extract` that are made of a vocabulary alone: tables for look-ups."""
    for info in pkgutil.walk_packages(extract.__path__, "extract."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if not callable(value) or getattr(value, "__module__", "") != info.name:
                continue
            if inspect.isclass(value) and issubclass(value, Exception):
                continue
            if list(inspect.signature(value).parameters) == ["vocabulary"]:
                yield value


def check_documents(root: Path) -> Iterator[Problem]:
    """The documents mention every verb, table and view; what they name exists."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    for verb in pantau.commands:
        if f"`pantau {verb}" not in readme:
            yield Problem("README.md", f"does not mention `pantau {verb}`; add it to the list of verbs")
    dictionary = root / "docs" / "data-dictionary.md"
    described = dictionary.read_text(encoding="utf-8") if dictionary.exists() else ""
    for table in list_tables():
        if f"`{table}`" not in described:
            yield Problem("docs/data-dictionary.md", f"does not describe `{table}`")
    targets = set(_TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    for path in (root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        for target in sorted(set(_MAKE.findall(text)) - targets):
            yield Problem(name, f"names `make {target}`, which the Makefile lacks")
        for link in _LINK.findall(text):
            if not (path.parent / link).exists():
                yield Problem(name, f"links to {link}, which does not exist")


def list_tables() -> list[str]:
    """The tables and views of a new database that are meant for readers."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "empty.db") as store:
        names = [*store.db.table_names(), *store.db.view_names()]
    return sorted(name for name in names if not name.startswith(("_", "sqlite_")) and "_fts" not in name)


def check_sizes(root: Path) -> Iterator[Problem]:
    """A hint on modules that grew long, the longest first."""
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for floor in _FLOORS
        for path in (root / floor).rglob("*.py")
    }
    long = sorted(((n, name) for name, n in lengths.items() if n > LONG), reverse=True)
    if long:
        named = ", ".join(f"{name} ({n})" for n, name in long)
        yield Problem(".", f"more than {LONG} lines, perhaps worth splitting: {named}", warning=True)


CHECKS: tuple[Callable[[Path], Iterator[Problem]], ...] = (
    check_outlets,
    check_recordings,
    check_vocabulary,
    check_cues,
    check_documents,
    check_sizes,
)


def main() -> int:
    """Print every problem; 1 where one is more than a warning."""
    problems = [problem for check in CHECKS for problem in check(ROOT)]
    for problem in problems:
        print(problem, file=sys.stdout if problem.warning else sys.stderr)
    wrong = sum(not problem.warning for problem in problems)
    print(f"{len(CHECKS)} checks across files: {wrong} problems, {len(problems) - wrong} warnings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
