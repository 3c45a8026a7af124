"""What a visitor types, made safe for SQLite's full-text search."""

from __future__ import annotations

import re


def escape_search(query: str, *, every: bool = True) -> str:
    """What a visitor types, for FTS5: every word or any, quoted words together; no syntax error."""
    parts = [phrase or word.replace('"', "") for phrase, word in re.findall(r'"([^"]+)"|(\S+)', query)]
    # A phrase without any letter finds nothing, where an empty query would be an error.
    return (" " if every else " OR ").join(f'"{part}"' for part in parts if part) or '"."'
