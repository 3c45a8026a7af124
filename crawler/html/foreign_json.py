"""The one reader of JSON that others wrote. Pure."""

from __future__ import annotations

import json
from typing import Any


def load_json(text: str) -> Any:
    """The value of a JSON text, or None where it is none that can be read; raises nothing.

    Control characters inside strings are let pass, as sites print them. What is nested beyond Python's depth,
    or has a number of more figures than Python reads, is no JSON that a page means.
    """
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
