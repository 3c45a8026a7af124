"""Who acts in which sentence and what its words say: what both the roles and the states are read from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extract.article.context import Context
from extract.article.view import View
from extract.claims.agencies.actors import Actors
from extract.claims.coverage.words import CoverageWords


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: its tokens, the regencies whose officials or offices act in it, what its words say."""

    first: int
    last: int
    acting: frozenset[str]  # full names
    by_province: bool
    cues: tuple[tuple[int, int, str], ...]
    on_topic: bool  # names the programme or a pillar of it

    def has(self, key: str) -> bool:
        return any(cue == key for _, _, cue in self.cues)

    def first_in_clause(self, token: int, keys: tuple[str, ...]) -> str:
        """Which of some kinds of cue comes first in the clause of a token; "" where none does."""
        breaks = [start for start, _, key in self.cues if key == "breaks"]
        begin = max((start for start in breaks if start <= token), default=self.first)
        end = min((start for start in breaks if start > token), default=self.last)
        told = [(start, key) for start, _, key in self.cues if key in keys and begin <= start < end]
        return min(told)[1] if told else ""


class Scene:
    """Built once an article on the topic."""

    def __init__(self, view: View, context: Context) -> None:
        self.view = view
        self.context = context
        self.words = view.vocabulary.compiled(CoverageWords)
        self.actors = Actors(view, context)
        self.province = view.vocabulary.areas.province_name

    @cached_property
    def sentences(self) -> list[Told]:
        return [self._tell(first, last) for first, last in self.view.sentences]

    def sentence_at(self, token: int) -> Told:
        return self.sentences[self.view.sentence_at(token)]

    def _tell(self, first: int, last: int) -> Told:
        view = self.view
        regions = {a.region for a in self.actors.actors if first <= a.token < last}
        lower, tables = view.reading.lower, self.words.told
        named = any(first <= token < last for token in view.names)
        pillars = any(s.id_ == view.programme.id for s in view.spans_in("pillars", first, last))
        return Told(
            first=first,
            last=last,
            acting=frozenset(regions - {self.province, "Indonesia"}),
            by_province=self.province in regions,
            cues=tuple(hit for table in tables.values() for hit in table.find(lower, first, last)),
            on_topic=named or pillars,
        )
