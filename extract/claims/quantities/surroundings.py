"""What the words around a number say of what it counts: planned, denied, those of a building."""

from __future__ import annotations

from collections.abc import Iterator

from extract.article.view import View
from extract.claims.quantities.counts import Count
from extract.claims.quantities.measures import Cues, QuantityTables
from extract.claims.quantities.nouns import Nouns

#: Tokens between a cue and the number that it governs.
GAP = 3
#: Tokens before a number within which a cue may be said of what it counts.
NEAR = 6
#: Tokens of a sentence that are looked at on either side of a number: longer ones are no prose.
REACH = 60
#: Tokens before a number within which a word for the future makes it a plan.
_PLANNED = 4


class Surroundings:
    """Asked about tokens of an article."""

    def __init__(self, view: View, tables: QuantityTables) -> None:
        self.view = view
        self.lower = view.reading.lower
        self.tables = tables
        self.nouns = Nouns(view, tables)

    def near_sentence(self, token: int) -> tuple[int, int]:
        """The part of a token's sentence that is near it."""
        first, last = self.view.sentences[self.view.sentence_at(token)]
        return max(first, token - REACH), min(last, token + REACH)

    def is_unreal(self, first: int, last: int) -> bool:
        """Whether a token range tells of what is wanted, proposed, denied or yet to come."""
        hits = self.tables.phrases["unreal"].find(self.lower, first, last)
        if not hits:
            return False
        spared = self.tables.phrases["not_unreal"].find(self.lower, max(0, first - 1), last)
        return any(not any(low <= start < high for low, high, _ in spared) for start, _, _ in hits)

    def is_planned(self, start: int) -> bool:
        """Whether a word for the future stands right before a number."""
        return not self.tables.words["planned"].isdisjoint(self.lower[max(0, start - _PLANNED) : start])

    def opens_relative(self, token: int) -> bool:
        """Whether a relative clause opens at a token."""
        return token < len(self.lower) and self.lower[token] in self.tables.words["relative"]

    def is_told_behind(self, cues: Cues, count: Count) -> bool:
        """Whether a relative clause right behind a count tells a status: "kecamatan yang dipilih"."""
        at = count.noun[1] + 1
        if not self.opens_relative(at - 1):
            return False
        return cues.behind.at(self.lower, at) is not None or cues.before.at(self.lower, at) is not None

    def is_held(self, count: Count) -> bool:
        """Whether a decree is said to hold so many: "SK Bupati Nomor 1 memuat empat kecamatan"."""
        start, tables = count.number.start, self.tables
        hits = tables.phrases["holds"].find(self.lower, count.begin, start)
        if not hits or start - hits[-1][1] > 1:
            return False
        verb, at = hits[-1][0], self.view.sentence_at(start)
        inside = self.lower[verb] in tables.words["inside"]
        first, _ = self.view.sentences[max(0, at - inside)]
        return bool(tables.phrases["decrees"].find(self.lower, max(first, verb - REACH // 2), verb + inside))

    # --- what a verb is said of ----------------------------------------------------------------------------

    def _back(self, cue: int, first: int) -> Iterator[int]:
        """The tokens before a cue that may be its subject's, the nearest first."""
        return iter(range(cue - 1, max(first, cue - 2 * NEAR) - 1, -1))

    def is_of_building(self, cue: int) -> bool:
        """Whether a verb is said of another thing: "RPPA hadir di 149 kecamatan", "Tim ... dibentuk"."""
        first, _ = self.view.sentences[self.view.sentence_at(cue)]
        for i in self._back(cue, first):
            if i in self.view.names:
                return i > 0 and self.lower[i - 1] in self.tables.words["bodies"]
            noun = self.nouns.at(i)
            if noun and all(m.kind == "units" for m in self.nouns.kinds(noun)):
                return True
        return False

    def is_of_service(self, first: int, cue: int) -> bool:
        """Whether a verb is said of one service: "layanan lansia menjangkau sembilan kecamatan"."""
        services = self.tables.words["services"]
        subjects = (i for i in self._back(cue, first) if i in self.view.names or self.lower[i] in services)
        nearest = next(subjects, None)
        return nearest is not None and nearest not in self.view.names

    def is_of_villages(self, first: int, cue: int) -> bool:
        """Whether what was counted before a cue is villages: "469 desa yang tersebar di 16 kecamatan"."""
        for number in self.view.spans_in("numbers", first, cue)[-1:]:
            for at in range(max(first, number.start - GAP), min(cue, number.end + 1)):
                noun = self.nouns.at(at)
                if noun and all(m.level == "village" for m in self.nouns.kinds(noun)):
                    return True
        return False

    def names_programme(self, first: int, last: int) -> bool:
        return any(i in self.view.names for i in range(first, last))
