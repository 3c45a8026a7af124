"""Imports go down the floors only, and each third-party package has its home."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("crawler", "extract", "db", "pipelines")

#: Floor -> modules of other floors that it may import; None is all of them.
ALLOWED: dict[str, tuple[str, ...] | None] = {
    "crawler": ("db.records",),
    "extract": ("db.records",),
    "db": (),
    "pipelines": None,
}
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
    "apprise": ("pipelines.share.digest",),
}


def find_imports(tree: ast.AST, module: str) -> Iterator[str]:
    """Names of the modules that a module imports anywhere, relative ones spelled out."""
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
    for name in find_imports(ast.parse(source), module):
        top = name.split(".")[0]
        if top in FLOORS and top != floor and allowed is not None and not is_below(name, allowed):
            problems.append(f"{module} imports {name}: {floor} may import {allowed or 'no other floor'}")
        if top in HOMES and not is_below(module, HOMES[top]):
            problems.append(f"{module} imports {name}: {top} lives in {', '.join(HOMES[top])}")
        if module == "db.records" and top not in sys.stdlib_module_names:
            problems.append(f"db.records imports {name}: standard library only")
    return problems


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for floor in FLOORS
    for path in sorted((ROOT / floor).rglob("*.py"))
}


@pytest.mark.parametrize("module", MODULES)
def test_floors(module: str) -> None:
    assert check_module(module, MODULES[module].read_text(encoding="utf-8")) == []


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
