"""Joins spans into facilities."""

from __future__ import annotations

from db.records import Facility
from extract.context import Context
from extract.view import View


def link_facilities(view: View, context: Context) -> tuple[Facility, ...]:
    return ()
