"""Addresses as they stand in pages, broken ones included."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

_NO_URL = urlsplit("")


def split_url(url: str) -> SplitResult:
    """The parts of an address; empty ones where it is none ("http://[x", "http://x:y", half a pair)."""
    try:
        parts = urlsplit(_encodable(url.strip()))
        _ = parts.port  # looked at only now, and raises as well
    except ValueError:
        return _NO_URL
    return parts


def is_web_address(url: str) -> bool:
    """Whether something can be asked for it: http or https, and a host that a name server could know."""
    parts = split_url(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        labels = host.encode("idna").split(b".")
    except UnicodeError:
        return False
    whole = all(0 < len(label) < 64 for label in labels) and len(host) < 254
    return parts.scheme in ("http", "https") and whole


def join_url(base: str, url: str) -> str:
    """An address as seen from a page; "" where it is none."""
    try:
        return urljoin(base, _encodable(url.strip()))
    except ValueError:
        return ""


def _encodable(url: str) -> str:
    """The address itself; raises UnicodeEncodeError, a ValueError, where it can't be sent."""
    url.encode()
    return url
