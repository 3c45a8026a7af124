"""The store: with the modules that it joins, the only one that writes rows. Saving twice changes nothing."""

from __future__ import annotations

from db.articles import ArticleTables, StoryText
from db.correction_tables import CorrectionTables
from db.errors import StoreError
from db.facts import FactTables
from db.reference import ReferenceTables
from db.steps import StepTables

__all__ = ["Store", "StoreError", "StoryText"]


class Store(ReferenceTables, ArticleTables, FactTables, CorrectionTables, StepTables):
    """The database of one newsroom: `with Store("data/pantau.db") as store: ...`"""
