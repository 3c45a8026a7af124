"""What events are of: where the programme and its buildings are named, and what has days of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.article.ordered import Ordered
from extract.article.view import View
from extract.claims.events.dating import Dated
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.scan import skip

#: Tokens on either side of a word for an event that may belong to it.
CLAUSE = 60
#: Tokens before a date within which a verb of saying may stand: a name, a role and a place lie between.
_SAID = 22


@dataclass(frozen=True, slots=True)
class SubjectTables:
    objects: PhraseTable
    others: PhraseTable
    gatherings: PhraseTable
    said: PhraseTable
    nouns: frozenset[str]
    owners: frozenset[str]
    joined: frozenset[str]
    parting: frozenset[str]


def build_subject_tables(vocabulary: Vocabulary) -> SubjectTables:
    return SubjectTables(
        objects=vocabulary.table("events", "launch_objects"),
        others=vocabulary.table("events", "other_objects"),
        gatherings=vocabulary.table("events", "other_events"),
        said=vocabulary.table("events", "said"),
        nouns=vocabulary.cue_set("events", "programme_nouns"),
        owners=vocabulary.cue_set("events", "programme_owners"),
        joined=vocabulary.cue_set("events", "joined"),
        parting=vocabulary.cue_set("events", "parting"),
    )


class Subjects:
    """Built once an article."""

    def __init__(self, view: View, dates: list[Dated]) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.dates = Ordered((d.first, d) for d in dates)
        self.tables = view.vocabulary.compiled(build_subject_tables)
        nouns = self.tables.nouns
        spoken = {i for i, word in enumerate(self.lower) if word in nouns and self._stands_for_it(i)}
        #: Where the programme is named, or "program ini" and the like stand for it.
        self.programme = spoken.union(view.names)
        buildings = {p.id for p in view.programme.pillar if p.facility}
        self.buildings = {s.start for s in view.spans("pillars") if s.kb_id_ in buildings}

    def _stands_for_it(self, token: int) -> bool:
        """Whether words such as "program ini" open at a token."""
        hit = self.tables.objects.at(self.lower, token)
        return hit is not None and hit[0] - token >= 2

    def names_programme(self, tokens: Iterable[int]) -> bool:
        """Whether the programme is named at one of some tokens."""
        return any(i in self.programme for i in tokens)

    def gatherings(self, first: int, last: int) -> list[tuple[int, int, str]]:
        """The meetings, speeches and the like in a token range: their dates are their own."""
        return self.tables.gatherings.find(self.lower, first, last)

    def is_said(self, date: Dated, first: int, after: int) -> bool:
        """Whether a date tells when somebody spoke: a verb of saying stands before it, with nothing but a
        name, a role and a place between."""
        return bool(self.tables.said.find(self.lower, max(first, after, date.first - _SAID), date.first))

    # --- what a verb is said of ------------------------------------------------------------------------

    def object_is_programme(self, first: int, last: int) -> bool | None:
        """Whether the first thing named in a token range is the programme; None if nothing is named."""
        dated = {i for d in self.dates.within(first, last) for i in range(d.first, d.last)}  # "bulan Oktober"
        tokens = (i for i in range(first, last) if i in self.view.names or i not in dated)
        verdicts = (self._names_object(i, first, last) for i in tokens)
        return next((verdict for verdict in verdicts if verdict is not None), None)

    def _names_object(self, token: int, first: int, last: int) -> bool | None:
        """Whether what is named at a token is the programme; None if nothing is."""
        if token in self.view.names:
            return True
        if token in self.buildings:
            return False
        if self.tables.others.at(self.lower, token) or self._names_other(token, last):
            joined = (i for i in range(token + 1, last) if self.lower[i - 1] in self.tables.joined)
            return None if self.names_programme(joined) else False
        if token <= first + 2 and self.tables.objects.at(self.lower, token):
            return self.buildings.isdisjoint(range(token, min(last, token + 4)))
        return None

    def _names_other(self, token: int, last: int) -> bool:
        """Whether a noun stands at a token with the name of another one behind it: "program Desa Makmur"."""
        if self.lower[token] not in self.tables.nouns or self._stands_for_it(token):
            return False
        words = self.view.reading.words
        behind = skip(
            token + 1, last, lambda at: words[at][0].isupper() and at not in self.view.names
        )  # "program Unggulan Gubernur Kecamatan Berdaya"
        owned = self.view.reading.has(token + 1, len(self.lower), self.tables.owners)
        own = owned or behind in self.view.names
        return behind > token + 1 and not own

    def head_is_programme(self, first: int, last: int) -> bool | None:
        """The same of the subject before a passive verb: the first thing named in its clause."""
        parting = self.tables.parting
        begin = max((i + 1 for i in range(first, last) if self.lower[i] in parting), default=first)
        for i in range(begin, last):
            if i in self.buildings:
                return False
            if i in self.view.names or self._stands_for_it(i):
                return True
        return None

    def was_named_last(self, token: int, number: int, unnamed: bool = False) -> bool:
        """Whether of programme and buildings the programme was named last before a token of sentence
        `number`, there or in the two before; `unnamed` where its own sentence has to and names neither."""
        first = self.view.sentences[max(0, number - (0 if unnamed else 2))][0]
        near = range(token - 1, max(first, token - 2 * CLAUSE) - 1, -1)
        last = next((i for i in near if i in self.programme or i in self.buildings), None)
        return unnamed if last is None else last in self.programme
