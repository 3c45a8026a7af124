"""Whether an article reports on the programme."""

from __future__ import annotations

from extract.view import View


def is_relevant(view: View) -> bool:
    """Its name is printed, or two different signs of it are."""
    names = [s for s in view.spans("programmes") if s.kb_id_ == view.programme.id]
    if any(s.label_ == "name" for s in names):
        return True
    return len({s.text.lower() for s in names if s.label_ == "sign"}) >= 2
