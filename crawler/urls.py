"""Addresses as they stand in pages, broken ones included."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_NO_URL = urlsplit("")


def split_url(url: str) -> SplitResult:
    """The parts of an address; empty ones where it is none ("http://[x")."""
    try:
        return urlsplit(url.strip())
    except ValueError:
        return _NO_URL


def join_url(base: str, url: str) -> str:
    """An address as seen from a page; "" where it is none."""
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""
