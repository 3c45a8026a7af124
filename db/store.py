"""The store: with the modules that it joins, the only one that writes rows. Saving twice changes nothing."""

from __future__ import annotations

from db.corrections.ledger import CorrectionTables
from db.errors import StoreError
from db.tables.articles import ArticleTables, StoryText
from db.tables.facts import FactTables
from db.tables.problems import ProblemTables
from db.tables.reference import ReferenceTables
from db.tables.steps import StepTables
from db.tables.takedowns import TakedownTables

__all__ = ["Store", "StoreError", "StoryText"]


class Store(
    ReferenceTables, ArticleTables, FactTables, CorrectionTables, StepTables, ProblemTables, TakedownTables
):
    """The database of one newsroom: `with Store("data/pantau.db") as store: ...`"""
