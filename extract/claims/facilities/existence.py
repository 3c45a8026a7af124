"""Tells which of the buildings that a text names are said to stand."""

from __future__ import annotations

from spacy.tokens import Span

from extract.claims.facilities.buildings import NEAR, Building, BuildingFinder
from extract.claims.facilities.conversions import Made
from extract.vocabulary.scan import skip_before

#: How verbs open.
_VERBS = ("di", "me", "ber", "ter")
#: Tokens between a verb of service and what it takes in: "menerima sedikitnya 31 aduan".
_SERVED = 7


class Standing:
    """Reads the words around a building's name within its clause."""

    def __init__(self, finder: BuildingFinder) -> None:
        self.finder = finder
        self.lower = finder.lower
        self.tables = finder.tables
        self.made = Made(finder)

    def exists(self, building: Building) -> str:
        """The rule that shows that a building stands, "" if none does."""
        tables, lower = self.tables, self.lower
        low, high = max(building.begin, building.first - NEAR), min(building.end, building.last + NEAR)
        if building.last < high and tables.not_buildings.at(lower, building.last):
            return ""
        near = max(low, building.first - 6)
        for start, end, _ in tables.exists_behind.find(lower, building.last, high):
            if self._of_office(building.last, start):
                break
            # "yang beroperasi" says so of the building whatever is done about it
            said_of_it = self._relative(building.last, start)
            unreal = self.finder.unreal(
                building.last if said_of_it else start if self._by_now(start) else near,
                self._said_until(end, high) if said_of_it else min(end + 3, high),
            )
            about = tables.about.find(lower, max(low, building.first - 2), building.first)
            if about and (self._fronted(about[0][0], building) or self._reported(building, start)):
                about = []
            if not unreal and (said_of_it or not about):
                return "facilities.stands"
            break
        shown = (
            self._shown_before,
            self._there,
            self._kept,
            self._goes_on,
            self._inverted,
            self._serves,
            self._told,
        )
        if any(test(low, high, building) for test in shown) or self.made.shows(building, low, high):
            return "facilities.stands"
        return self._named(building, low, high)

    def _of_office(self, first: int, cue: int) -> bool:
        """Whether a comma and an agency's name come between: "Dinas A mengampu RPPA, Dinas B menangani"."""
        agencies = self.finder.view.spans_in("agencies", first, cue)
        return any(self.lower[s.start - 1] == "," for s in agencies)

    def _fronted(self, about: int, building: Building) -> bool:
        """Whether a clause opens with its topic: "Untuk sport center, baru X yang punya"."""
        return about - building.begin <= 1 and self.lower[building.last : building.last + 1] == [","]

    def _reported(self, building: Building, cue: int) -> bool:
        """Whether a clause of its own is told: "ia menjelaskan RPPA di X sudah melayani"."""
        words = self.tables.words
        if self.lower[building.first - 1] not in words["reported"] or self.lower[cue] not in words["by_now"]:
            return False
        places = self.finder.places_of(building)
        return cue == (places[-1].end if places else building.last)

    def _shown_before(self, low: int, high: int, building: Building) -> bool:
        """Whether a verb before a building, or before one that it is joined to, says that it stands."""
        tables, lower = self.tables, self.lower
        for start, end, _ in reversed(tables.exists_before.find(lower, low, building.first)):
            if not self.finder.unreal(
                max(building.begin, start - 4), min(building.last + 4, high)
            ) and not tables.about.find(lower, end, building.first):
                return True
        if building.lead == building.first:
            return False
        first, _ = self.finder.view.sentences[self.finder.view.sentence_at(building.lead)]
        low = max(first, building.lead - NEAR)
        for start, end, _ in reversed(tables.exists_before.find(lower, low, building.lead)):
            unreal = self.finder.unreal(max(low, start - 4), end) or self.finder.unreal(
                building.last, min(building.last + 4, high)
            )
            return not unreal and not tables.about.find(lower, end, building.lead)
        return False

    def _goes_on(self, low: int, high: int, building: Building) -> bool:
        """Whether it is run, at a place that its clause names."""
        hits = self.tables.placed_behind.find(self.lower, building.last, high)
        if not hits or self.finder.unreal(max(low, building.first - 6), min(hits[0][1] + 3, high)):
            return False
        if self.tables.about.find(self.lower, max(low, building.first - 2), building.first):
            return False
        return bool(self.finder.places.within(building.begin, building.end))

    def _kept(self, low: int, high: int, building: Building) -> bool:
        """Whether somebody keeps or gets it at a place that its clause names."""
        hits = self.tables.exists_placed.find(self.lower, max(low, building.first - 6), building.first)
        if not hits or self.tables.about.find(self.lower, hits[-1][1], building.first):
            return False
        if self.finder.unreal(max(building.begin, hits[-1][0] - 4), min(building.last + 4, high)):
            return False
        return bool(self.finder.places.within(building.begin, building.end))

    def _there(self, low: int, high: int, building: Building) -> bool:
        """Whether "ada" right before a building says that it stands at a place of its clause."""
        hits = self.tables.there.find(self.lower, max(low, building.first - 3), building.first)
        if not hits or hits[-1][1] != building.first:
            return False
        if self.finder.unreal(max(low, building.first - 6), min(building.last + 4, high)):
            return False
        return bool(self.finder.places.within(building.begin, building.end))

    def _named(self, building: Building, low: int, high: int) -> str:
        """A building that bears its place's name ("pengelola RPPA Kecamatan X") or in which something goes on
        ("digelar di RPPA ...") is taken to stand, unless the words around it speak of a plan."""
        places = self.finder.places_of(building)
        if not places:
            return ""
        lower, first = self.lower, building.first
        held = self.tables.inside.find(lower, max(low, first - 2), first)
        apart = any(w in self.tables.words["places_in"] for w in lower[building.last : places[0].start])
        if apart and not held:
            return "facilities.named" if self._addressed(building, places) else ""
        stop = min(high, places[-1].end + 6)
        stop = next((i for i in range(places[-1].end, stop) if lower[i] in ",.("), stop)
        if self.finder.unreal(max(low, first - (3 if held else 6)), stop):
            return ""
        if not held and lower[building.last] == ",":  # "percontohan RPPA, yakni X": they are named, not it
            return ""
        if not held and self.tables.about.find(lower, max(low, first - 3), first):
            return ""
        return "facilities.named"

    def _addressed(self, building: Building, places: list[Span]) -> bool:
        """Whether a building with its village is spoken of as one that is there: "sport center di Desa X".

        Who only plans or discusses one seldom names the village without a word of it in the clause.
        """
        tables, lower = self.tables, self.lower
        if (
            not any(p.label_ == "VILLAGE" for p in places)
            or self._of_noun(building)
            or self.finder.unreal(building.begin, building.end)
        ):
            return False
        if tables.about.find(lower, building.begin, building.first):
            return False
        return not any(
            table.find(lower, building.begin, building.end) for table in (tables.not_told, tables.not_made)
        )

    def _of_noun(self, building: Building) -> bool:
        """Whether the word before a building makes it that word's: "lahan RPPA di Desa X", "menolak RPPA"."""
        word = self.lower[building.first - 1] if building.first > building.begin else ""
        # "tujuan utamanya RPPA di Desa X" tells of it
        told = word in self.tables.words["before_told"] or word.endswith("nya")
        return word.isalpha() and not told

    def _relative(self, first: int, cue: int) -> bool:
        """Whether a "yang" opens between a building (with its place) and a cue."""
        between = self.lower[first : cue + 1]
        if "yang" not in between or "," in between or len(between) - between.index("yang") > 4:
            return False
        words, attached = self.finder.view.reading.words, self.tables.words["attached"]
        own = range(first, first + between.index("yang"))  # another noun has its own: "RPPA dan lansia yang"
        return all(
            words[i][0].isupper() or self.lower[i] in attached or self.lower[i] in self.tables.words["own"]
            for i in own
        )

    def _said_until(self, cue: int, high: int) -> int:
        """Where what a relative clause says of a building ends: "RPPA yang ada di X | belum memadai"."""
        stop = min(cue + 3, high)
        places = self.finder.places.within(cue, min(cue + 5, high))
        return max(cue, min(stop, places[-1].end)) if places else stop

    def _by_now(self, cue: int) -> bool:
        """Whether a cue tells what has become of a building that was planned or built: "dibangun dan telah
        dipakai"."""
        return (
            cue > 0 and self.lower[cue] in self.tables.words["by_now"] and self.lower[cue - 1] in ("dan", ",")
        )

    def _inverted(self, low: int, high: int, building: Building) -> bool:
        """Whether what says that a building stands is put before it: "di X sudah berjalan RPPA"."""
        lower, articles = self.lower, self.tables.words["articles"]
        at = skip_before(building.first, low, lambda t: lower[t] in articles or lower[t].isdecimal())
        hits = self.tables.exists_inverted.find(lower, max(low, at - 4), at)
        if not hits or hits[-1][1] != at:
            return False
        unreal = self.finder.unreal(max(low, hits[-1][0] - 4), min(building.last + 4, high))
        return not unreal and bool(self.finder.places.within(building.begin, building.end))

    def _told(self, low: int, high: int, building: Building) -> bool:
        """Whether a sentence opens with it at its place and tells of it: "RPPA di X dipimpin bidan"."""
        first, _ = self.finder.view.sentences[self.finder.view.sentence_at(building.first)]
        places = self.finder.places_of(building)
        if building.first - first > 1 or building.begin != first or not places or self._of_noun(building):
            return False
        at = places[-1].end
        if at < high and self.lower[at] == ",":
            at += 1
        word = self.finder.view.reading.words[at] if at < high else ""
        verb = len(word) > 5 and word.islower() and word.startswith(_VERBS)
        if not verb or self.tables.not_told.at(self.lower, at) or self.tables.not_made.at(self.lower, at):
            return False
        return not self.finder.unreal(first, min(at + 6, building.end))

    def _serves(self, low: int, high: int, building: Building) -> bool:
        """Whether it takes in people or their reports, at a place that its clause names: "RPPA di X menerima
        31 aduan", or people go there: "di X, korban mengadu ke RPPA"."""
        lower, tables = self.lower, self.tables
        if self.finder.unreal(max(low, building.first - 4), min(building.last + 4, high)):
            return False
        if tables.about.find(lower, max(low, building.first - 2), building.first):
            return False
        for _, end, _ in tables.serves.find(lower, building.last, high):
            if tables.served.find(lower, end, min(end + _SERVED, high)):
                return bool(self.finder.places.within(building.begin, building.end))
        gone = tables.gone_to.find(lower, max(low, building.first - 4), building.first)
        if not gone or gone[-1][1] < building.first - 1:
            return False
        places = self.finder.places.within(building.begin, building.first)
        return any(lower[max(building.begin, p.start - 2) : p.start].count("di") for p in places)
