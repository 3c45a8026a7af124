"""Joins spans into agencies."""

from __future__ import annotations

from db.records import Agency
from extract.context import Context
from extract.view import View


def link_agencies(view: View, context: Context) -> tuple[Agency, ...]:
    return ()
