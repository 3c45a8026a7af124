"""Which agency handles which pillar."""

from __future__ import annotations

from db.records import Agency, Responsibility
from extract.context import Context
from extract.view import View


def link_responsibilities(
    view: View, context: Context, agencies: tuple[Agency, ...]
) -> tuple[Responsibility, ...]:
    return ()
