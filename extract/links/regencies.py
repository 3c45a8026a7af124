"""Joins spans into regencies."""

from __future__ import annotations

from db.records import ArticleRegency
from extract.context import Context
from extract.view import View


def link_regencies(view: View, context: Context) -> tuple[ArticleRegency, ...]:
    return ()
