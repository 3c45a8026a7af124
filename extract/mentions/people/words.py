"""The tables that offices are looked up in."""

from __future__ import annotations

from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable


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
        self.prefixes = vocabulary.table("people", "prefixes")
        self.prefix_words = frozenset(p for p in cue("prefixes") if " " not in p)
        self.links = vocabulary.table("people", "role_links")
        self.role_words = cue("role_words") | vocabulary.cue_set("agencies", "name_words")
        self.role_words |= vocabulary.cue_set("agencies", "unit_words")
        self.joiners = cue("role_joiners")
        self.row_joiners = cue("row_joiners")
        self.list_joiners = cue("list_joiners")
        self.company_joiners = cue("company_joiners")
        self.office_joiners = cue("office_joiners")
        self.relatives = cue("relatives")
        self.within = cue("within")
        self.stops = cue("role_stops")
        self.back_references = cue("back_references")
        self.elsewhere = vocabulary.table("people", "back_references")
        self.blockers = cue("office_blockers")
        self.place_words = cue("place_words")
        self.chiefs = tuple(vocabulary.cue_set("agencies", "chiefs"))
        self.pointing = cue("pointing")
        self.with_complement = cue("with_complement")
        self.never_alone = cue("never_alone")
        self.also_names = cue("also_names")
        self.numerals = cue("numerals")
        self.numbered = cue("numbered")
        self.kinds = cue("area_kinds")
        self.after_area = cue("after_area")
        self.area_tails = cue("area_tails")
        self.unit_areas = vocabulary.table("people", "unit_areas")
        self.shared = vocabulary.table("people", "shared")
        self.quarters = vocabulary.cue_set("people", "quarters")
        self.groups = cue("groups")
        self.said = cue("said")
        self.acting = cue("acting")
        self.terms = cue("terms")
        self.bodies = cue("bodies")
        self.company_forms = cue("company_forms")
        self.announcers = vocabulary.table("people", "announcers")
        self.filled = vocabulary.table("people", "filled")
        self.line_heads = vocabulary.table("people", "line_heads")
        self.writers = cue("writers")
