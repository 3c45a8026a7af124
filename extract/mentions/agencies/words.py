"""The tables that agencies' names are looked up in."""

from __future__ import annotations

from extract.mentions.agencies.acronyms import MAX_LETTERS, Acronyms
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable

#: Letters of the shortest word whose slips are known: a slip of a shorter one may be another word.
MIN_SLIP = 7


def _build_slips(words: frozenset[str]) -> dict[str, str]:
    """Each word by the forms that lack one of its letters."""
    return {short: word for word in sorted(words) if len(word) >= MIN_SLIP for short in _shorter(word)}


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


class AgencyWords:
    """The tables that names are looked up in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("agencies", key)

        self.acronyms = Acronyms(vocabulary)
        self.heads = PhraseTable(
            {
                key.removeprefix("heads_"): vocabulary.cue("agencies", key)
                for key in vocabulary.cues["agencies"]
                if key.startswith("heads_")
            }
        )
        self.known = PhraseTable({a.id: a.acronyms for a in vocabulary.agencies.values()})
        self.typed = PhraseTable({a.id: a.words for a in vocabulary.agencies.values()})
        self.by_head: dict[str, tuple[str, ...]] = {}
        for agency in vocabulary.agencies.values():
            for head in agency.heads:
                self.by_head[head] = (*self.by_head.get(head, ()), agency.id)
        self.plain = {a.id for a in vocabulary.agencies.values() if a.heads and not a.words}
        self.name_words = cue("name_words")
        self._slips = _build_slips(self.name_words)
        self.unit_words = cue("unit_words")
        self.unit_plain = cue("unit_plain")
        self.unit_heads = cue("unit_heads")
        self.capital_heads = cue("capital_heads")
        self.capital_part_heads = cue("capital_part_heads")
        self.short_heads = cue("short_heads")
        self.rest, self.units = cue("types_rest"), cue("types_unit")
        self.nationals = cue("types_national")
        self.shared = self.rest | self.units | self.nationals
        self.joiners = cue("joiners")
        self.parents = vocabulary.table("agencies", "parents")
        self.not_agencies = vocabulary.table("agencies", "not_agencies")
        self.former = vocabulary.table("agencies", "former_places")
        self.classes = vocabulary.table("agencies", "classes")
        self.concerned = vocabulary.table("agencies", "concerned")
        self.no_topic = cue("no_topic")
        self.kinds = PhraseTable(
            {key: vocabulary.cue("agencies", f"kinds_{key}") for key in ("kabupaten", "kota", "province")}
        )
        self.national = vocabulary.table("agencies", "national")
        self.not_parts = cue("not_parts")
        self.chiefs = tuple(cue("chiefs"))
        self.openers = self.heads.heads | self.known.heads
        # capitals that a short name built from pieces may open with
        built = (
            "prefixes",
            "capital_prefixes",
            "chiefs",
            *(k for k in vocabulary.cues["agencies"] if "stems_" in k),
        )
        self.initials = frozenset(w[0].upper() for key in built for w in vocabulary.cue("agencies", key))

    def spelled(self, word: str) -> str:
        """The lexicon's word that one with a letter too few, too many or wrong means, else itself."""
        if not MIN_SLIP - 1 <= len(word) <= MAX_LETTERS:
            return word
        if meant := self._slips.get(word):
            return meant
        for short in _shorter(word):
            if short in self.name_words and len(short) >= MIN_SLIP:
                return short
            if (meant := self._slips.get(short)) and len(meant) == len(word):
                return meant
        return word
