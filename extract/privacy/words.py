"""The tables of `knowledge/cues/privacy.toml`."""

from __future__ import annotations

from extract.mentions.people.names import NameWords
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable


class PrivacyWords:
    """The tables that private names, addresses and schools are looked up in."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> frozenset[str]:
            return vocabulary.cue_set("privacy", key)

        def table(key: str) -> PhraseTable:
            return vocabulary.table("privacy", key)

        self.names = NameWords(vocabulary)
        self.cues = PhraseTable({key: vocabulary.cue("privacy", key) for key in ("strong", "weak")})
        self.kin = cue("kin")
        self.announcers = table("announcers")
        self.initials = table("initials")
        self.aliases = table("aliases")
        #: Words that may announce a name without any cue.
        self.announcing = self.initials.heads | self.aliases.heads | cue("aged")
        self.links = table("links")
        self.breakers = cue("breakers")
        single = {word for key in ("strong", "weak") for word in cue(key) if " " not in word}
        #: Words that a name may follow within one row of capitals.
        self.openers = cue("openers") | self.kin | (single - cue("name_parts"))
        self.bodies = cue("bodies")
        self.words = cue("words")
        self.places = cue("places")
        self.modifiers = cue("modifiers")
        self.outlets = vocabulary.text_rules.outlet_words
        self.not_initials = cue("not_initials")
        self.years = cue("years")
        self.aged = cue("aged")
        self.neighbourhoods = cue("neighbourhoods")
        self.heads_of_neighbourhoods = cue("heads_of_neighbourhoods")
        self.streets = cue("streets")
        self.quarters = cue("quarters")
        self.house_numbers = cue("house_numbers")
        self.buildings = cue("buildings")
        self.schools = table("schools")
        self.area_kinds = vocabulary.cue_set("people", "area_kinds")
        self.befalls = cue("befalls")
        self.persons = cue("persons")
        self.small_roles = table("small_roles")
        self.unlisted_roles = table("unlisted_roles")
        pairs = (entry.partition("=") for entry in vocabulary.cue("privacy", "shown"))
        self.shown = {kind.strip(): shown.strip() for kind, _, shown in pairs}
