"""Imports go down only, between floors and between the folders of each; each package has its home."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("crawler", "extract", "db", "pipelines")

#: What every floor may import of `db`, and what these rest on: standard library only.
SHARED = ("db.guess", "db.records", "db.toml_records")
#: What rests on the standard library and each other alone.
PLAIN = (*SHARED, "db.claim_kinds")

#: Floor -> modules of other floors that it may import; None is all of them.
ALLOWED: dict[str, tuple[str, ...] | None] = {
    "crawler": ("db.records", "db.toml_records"),
    "extract": ("db.records", "db.toml_records"),
    "db": (),
    "pipelines": None,
}
#: Folder -> its rooms (modules and sub-folders), lowest first: a room imports from rows before its own.
ORDER: dict[str, tuple[tuple[str, ...], ...]] = {
    "crawler": (
        ("html", "settings"),
        ("manners", "outlet"),
        ("archive", "look", "page"),
        ("find",),
        ("spiders",),
    ),
    "extract": (
        ("vocabulary", "version"),
        ("article",),
        ("mentions",),
        ("claims", "nlp", "privacy"),
        ("probability",),
        ("facts",),
        ("explain",),
    ),
    "extract.mentions": (("agencies", "dates", "numbers", "people", "places", "programmes"),),
    "extract.claims": (
        (
            "agencies",
            "duties",
            "events",
            "people",
            "pillars",
            "pilots",
            "quantities",
            "regencies",
            "relevance",
        ),
        ("coverage", "facilities", "trainings"),
    ),
    "db": (
        ("dates", "errors", "guess", "records"),
        ("claim_kinds",),
        ("file", "toml_records"),
        ("describe", "tables"),
        ("search",),
        ("corrections", "guard", "public"),
        ("checks",),
        ("export", "integrity", "store"),
        ("pages",),
        ("serve", "site"),
    ),
    "db.pages": (
        ("parts",),
        ("archive", "places", "policy"),
        ("about", "actors", "article_page", "discovery", "feeds", "search", "subjects"),
        ("claim_page", "downloads", "sql_page"),
        ("routes",),
    ),
    "pipelines": (
        ("command", "worker"),
        ("config", "crawl"),
        ("claims", "outlet", "share"),
        ("operate", "quality"),
        ("steps",),
        ("demo",),
        ("verbs",),
        ("cli",),
        ("check",),
    ),
}
#: Names that several folders of a floor give to the module with the same job (docs/architecture.md).
SHARED_NAMES = {"__init__", "claims", "finder", "words"}
#: Files of one folder that a head can hold.
MOST_FILES = 15

#: Third-party package -> the floors or modules that may import it.
HOMES = {
    "scrapy": ("crawler", "pipelines.crawl"),
    "bs4": ("crawler",),
    "trafilatura": ("crawler",),
    "warcio": ("crawler",),
    "spacy": ("extract",),
    "lokal": ("extract",),
    "sqlite_utils": ("db",),
    "datasette": ("db",),
    "xlsxwriter": ("db",),
    "click": ("pipelines",),
    "tqdm": ("pipelines",),
    "filelock": ("pipelines",),
    "datasketch": ("pipelines",),
    "sklearn": ("pipelines.quality.fit",),
    "scipy": ("pipelines.quality.fit",),
    "apprise": ("pipelines.config.show", "pipelines.share.digest"),
}


@cache
def list_imports(module: str, source: str) -> tuple[str, ...]:
    """Names of the modules that a module imports anywhere, relative ones spelled out."""
    return tuple(find_imports(ast.parse(source), module))


def find_imports(tree: ast.AST, module: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parent = module.split(".")[: -node.level]
                base = ".".join([*parent, base] if base else parent)
            # `from db import records` names a module too.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_below(name: str, homes: tuple[str, ...]) -> bool:
    return any(name == home or name.startswith(f"{home}.") for home in homes)


def check_module(module: str, source: str) -> list[str]:
    """What a module imports and must not."""
    floor = module.split(".", maxsplit=1)[0]
    allowed = ALLOWED[floor]
    problems = []
    for name in list_imports(module, source):
        top = name.split(".")[0]
        if top in FLOORS and top != floor and allowed is not None and not is_below(name, allowed):
            problems.append(f"{module} imports {name}: {floor} may import {allowed or 'no other floor'}")
        if top in HOMES and not is_below(module, HOMES[top]):
            problems.append(f"{module} imports {name}: {top} lives in {', '.join(HOMES[top])}")
        if module in PLAIN and top not in sys.stdlib_module_names and not is_below(name, PLAIN):
            problems.append(f"{module} imports {name}: standard library only")
    return problems


def find_room(folder: str, module: str) -> str:
    """The module or sub-folder of a folder that a dotted name leads into; "" where it leads elsewhere."""
    return module.removeprefix(f"{folder}.").split(".")[0] if module.startswith(f"{folder}.") else ""


def check_order(folder: str, module: str, source: str) -> list[str]:
    """Imports of a module that run sideways or up between the rooms of a folder."""
    rows = {room: row for row, rooms in enumerate(ORDER[folder]) for room in rooms}
    here = find_room(folder, module)
    if not here:
        return []
    if here not in rows:
        return [f"{folder} has no place for {here}: write it into ORDER"]
    there = {find_room(folder, name) for name in list_imports(module, source)} - {"", here}
    return [
        f"{module} imports {room}: {folder}'s {here} stands no higher"
        for room in sorted(there & set(rows))
        if rows[room] >= rows[here]
    ]


def find_circles(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import each other, by whatever way round."""
    try:
        list(TopologicalSorter(imports).static_order())
    except CycleError as error:
        return error.args[1]
    return []


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for floor in FLOORS
    for path in sorted((ROOT / floor).rglob("*.py"))
}


@pytest.mark.parametrize("module", MODULES)
def test_floors(module: str) -> None:
    assert check_module(module, MODULES[module].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("folder", ORDER)
def test_folders_import_down_their_order(folder: str) -> None:
    problems = [
        problem
        for module, path in MODULES.items()
        for problem in check_order(folder, module, path.read_text(encoding="utf-8"))
    ]
    assert problems == []


def test_no_modules_import_each_other() -> None:
    imports = {
        module: {
            known
            for name in list_imports(module, path.read_text(encoding="utf-8"))
            for known in (name, name.rpartition(".")[0])
            if known in MODULES and known != module
        }
        for module, path in MODULES.items()
    }
    assert find_circles(imports) == []


def test_no_folder_holds_more_than_a_head_can() -> None:
    files = Counter(path.parent.relative_to(ROOT).as_posix() for path in MODULES.values())
    assert {folder: n for folder, n in files.items() if n > MOST_FILES} == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_no_two_modules_of_a_floor_share_a_name(floor: str) -> None:
    names = Counter(path.stem for module, path in MODULES.items() if module.split(".")[0] == floor)
    assert {name for name, n in names.items() if n > 1} - SHARED_NAMES == set()


@pytest.mark.parametrize(
    ("folder", "module", "source"),
    [
        ("crawler", "crawler.page.body", "from crawler.find import discover"),
        ("crawler", "crawler.page.body", "from crawler.archive.read import open_archive"),
        ("extract", "extract.mentions.numbers.finder", "from extract.claims.people import link_people"),
        ("db", "db.nowhere", "import json"),
    ],
)
def test_order_finds_what_runs_back_up(folder: str, module: str, source: str) -> None:
    assert check_order(folder, module, source) != []


def test_circles_are_found() -> None:
    assert find_circles({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("crawler.page.article", "from extract.facts import extract_facts"),
        ("crawler.page.article", "from db.store import Store"),
        ("extract.vocabulary.tokens", "import crawler.page.article"),
        ("extract.vocabulary.tokens", "from db import store"),
        ("extract.vocabulary.tokens", "def late():\n    from pipelines import steps"),
        ("db.store", "from extract import vocabulary"),
        ("db.store", "from ..pipelines import steps"),
        ("db.records", "import sqlite_utils"),
        ("db.toml_records", "import msgspec"),
        ("db.claim_kinds", "from db.errors import StoreError"),
        ("db.store", "import spacy"),
        ("pipelines.steps", "import bs4"),
        ("pipelines.steps", "from scrapy import Spider"),
    ],
)
def test_check_finds_a_breach(module: str, source: str) -> None:
    assert check_module(module, source) != []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("crawler.page.article", "from db.records import Article"),
        ("crawler.page.article", "from db import records"),
        ("crawler.page.article", "from . import select"),
        ("pipelines.steps", "from db.store import Store"),
        ("pipelines.crawl.items", "from scrapy.exceptions import DropItem"),
    ],
)
def test_check_lets_the_rest_through(module: str, source: str) -> None:
    assert check_module(module, source) == []
