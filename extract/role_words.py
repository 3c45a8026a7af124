"""The tables that offices are looked up in."""

from __future__ import annotations

from extract.phrases import PhraseTable
from extract.vocabulary import Vocabulary


class RoleWords:
    """The tables that offices are read with."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("people", key)

        kinds = {key: vocabulary.cue("people", f"heads_{key}") for key in ("place", "office")}
        self.heads = PhraseTable(kinds)
        self.deputies = cue("deputies")
        self.with_pronoun = {f"{h}nya": h for keys in kinds.values() for h in keys if " " not in h}
        self.openers = self.heads.heads | self.deputies | set(self.with_pronoun)
        self.prefixes = PhraseTable({"prefix": vocabulary.cue("people", "prefixes")})
        self.prefix_words = frozenset(p for p in cue("prefixes") if " " not in p)
        self.links = PhraseTable({"link": vocabulary.cue("people", "role_links")})
        self.role_words = cue("role_words") | vocabulary.cue_set("agencies", "name_words")
        self.role_words |= vocabulary.cue_set("agencies", "unit_words")
        self.joiners = cue("role_joiners")
        self.stops = cue("role_stops")
        self.back_references = cue("back_references")
        self.elsewhere = PhraseTable({"back": vocabulary.cue("people", "back_references")})
        self.blockers = cue("office_blockers")
        self.place_words = cue("place_words")
        self.chiefs = tuple(vocabulary.cue_set("agencies", "chiefs"))
        self.with_complement = cue("with_complement")
        self.numerals = cue("numerals")
        self.numbered = cue("numbered")
        self.kinds = cue("area_kinds")
        self.after_area = cue("after_area")
        self.area_tails = cue("area_tails")
        self.shared = PhraseTable({"shared": vocabulary.cue("people", "shared")})
        self.groups = cue("groups")
        self.said = cue("said")
        self.terms = cue("terms")
        self.bodies = cue("bodies")
        self.company_forms = cue("company_forms")
        self.announcers = PhraseTable({"row": vocabulary.cue("people", "announcers")})
        self.filled = PhraseTable({"filled": vocabulary.cue("people", "filled")})
        self.line_heads = PhraseTable({"line": vocabulary.cue("people", "line_heads")})
        self.writers = cue("writers")
