"""Long lists in pages: `?hal=2`."""

from __future__ import annotations

from datasette.utils.asgi import Request


def read_page(request: Request) -> int:
    """The number of the page that was asked for; 1 where none was, or none that there could be."""
    text = request.args.get("hal") or ""
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
