"""What reads pages, as a version: another one may read what this one could not."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from crawler.outlet.load import Outlet

#: The packages that take pages apart.
_PARSERS = ("lxml", "lxml-html-clean", "beautifulsoup4", "trafilatura")


def reader_version(outlet: Outlet) -> str:
    """Twelve hex digits of the crawler's code and words, its parsers and the outlet's file."""
    return hashlib.sha256(f"{_digest_code()}{outlet!r}".encode()).hexdigest()[:12]


@cache
def _digest_code() -> str:
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for package in _PARSERS:
        digest.update(f"{package} {version(package)}\n".encode())
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("words.toml"))):
        digest.update(f"{path.relative_to(folder)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
