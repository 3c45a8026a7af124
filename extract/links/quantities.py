"""Joins spans into quantities."""

from __future__ import annotations

from db.records import Quantity
from extract.context import Context
from extract.view import View


def link_quantities(view: View, context: Context) -> tuple[Quantity, ...]:
    return ()
