"""Who acts in which sentence and what its words say: what both the roles and the states are read from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

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

    def __init__(self, view: View, context: Context, actors: Actors) -> None:
        self.view = view
        self.context = context
        self.words = view.vocabulary.compiled(CoverageWords)
        self.actors = actors
        self.province = view.vocabulary.areas.province_name

    def sentence_at(self, token: int) -> Told:
        return self.sentence(self.view.sentence_at(token))

    def sentence(self, number: int) -> Told:
        """A sentence by its number, looked at once, and only if it is asked for."""
        if number not in self._told:
            self._told[number] = self._tell(number)
        return self._told[number]

    @cached_property
    def _told(self) -> dict[int, Told]:
        return {}

    @cached_property
    def acting(self) -> list[Told]:
        """The sentences in which an official or an office acts."""
        return [self.sentence(number) for number in self._actors]

    @cached_property
    def regencies(self) -> list[Span]:
        """Where regencies are named."""
        return [span for span in self.view.spans("places") if span.label_ == "REGENCY"]

    @cached_property
    def _actors(self) -> dict[int, set[str]]:
        """By sentence: the regions for which somebody acts there."""
        found: dict[int, set[str]] = {}
        for actor in self.actors.actors:
            found.setdefault(self.view.sentence_at(actor.token), set()).add(actor.region)
        return found

    @cached_property
    def _on_topic(self) -> set[int]:
        """The sentences that name the programme or a pillar of it."""
        view = self.view
        pillars = (s.start for s in view.spans("pillars") if s.id_ == view.programme.id)
        return {view.sentence_at(token) for token in (*view.names, *pillars)}

    def _tell(self, number: int) -> Told:
        first, last = self.view.sentences[number]
        regions = self._actors.get(number, set())
        lower, tables = self.view.reading.lower, self.words.told
        return Told(
            first=first,
            last=last,
            acting=frozenset(regions - {self.province, "Indonesia"}),
            by_province=self.province in regions,
            cues=tuple(hit for table in tables.values() for hit in table.find(lower, first, last)),
            on_topic=number in self._on_topic,
        )
