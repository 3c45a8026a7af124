"""The words that may say what kecamatan are: pilots, planned, none of them, or something else."""

from __future__ import annotations

from extract.mentions.numbers.words import build_number_words
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable


class PilotWords:
    """The phrases of `cues/pilots.toml`, built once a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def cue(key: str) -> tuple[str, ...]:
            return vocabulary.cue("pilots", key)

        self.table = PhraseTable(
            {
                "pilot": cue("pilot"),
                "appoint": cue("appoint"),
                "tried": cue("tried"),
                "chosen": cue("chosen"),
                "sorts": cue("sorts"),
                "rival": cue("other_pilots"),
                "runs": cue("runs"),
                "negated": cue("negated"),
                "planned": cue("planned"),
                "neither": cue("neither"),
                "boundary": cue("boundaries"),
                "half-boundary": cue("half_boundaries"),
                "venue": cue("venue"),
                "several": cue("several"),
                "single": cue("single"),
                "completes": cue("completes"),
                "by-now": cue("by_now"),
                "fills": cue("fills"),
            }
        )
        # apart, for they stand inside what denies: "batal menjadi"
        self.taking_back = PhraseTable({key: cue(key) for key in ("retracted", "cancelled")})
        self.choices = vocabulary.cue_set("pilots", "choices")
        self.programme = {
            p.id: PhraseTable({"programme": (*cue("programme"), *p.names)})
            for p in vocabulary.programmes.values()
        }
        self.openers = vocabulary.table("pilots", "list_openers")
        self.quota = vocabulary.table("pilots", "quota")
        self.rumours = vocabulary.table("pilots", "rumours")
        self.refuted = vocabulary.table("pilots", "refuted")
        self.not_only = vocabulary.table("pilots", "not_only")
        self.venues = vocabulary.table("pilots", "venues")
        self.before_venue = vocabulary.cue_set("pilots", "before_venue")
        self.own_venue = vocabulary.cue_set("pilots", "own_venue")
        self.bluntly = vocabulary.cue_set("pilots", "bluntly")
        self.instead = vocabulary.cue_set("pilots", "instead")
        self.joking = vocabulary.cue_set("pilots", "joking")
        self.speakers = vocabulary.cue_set("pilots", "speakers")
        self.joiners = vocabulary.cue_set("places", "joiners") | vocabulary.cue_set("places", "kecamatan")
        self.regency_marks = vocabulary.cue_set("pilots", "regency_marks")
        self.villages = vocabulary.cue_set("places", "village")
        self.units = vocabulary.cue_set("pilots", "units") | {p.unit for p in vocabulary.programmes.values()}
        self.final_negations = vocabulary.cue_set("pilots", "final_negations")
        self.kinds = vocabulary.cue_set("pilots", "kinds")
        self.pointers = vocabulary.cue_set("pilots", "pointers")
        self.besides = vocabulary.table("pilots", "besides")
        self.before_denial = vocabulary.cue_set("pilots", "before_denial") | {","}
        self.denials = vocabulary.cue_set("pilots", "denials")
        self.light = vocabulary.cue_set("pilots", "light")
        self.neutral_places = vocabulary.cue_set("pilots", "neutral_places")
        self.neutral = self.light | self.units | self.neutral_places | vocabulary.cue_set("pilots", "neutral")
        self.orders = vocabulary.cue_set("pilots", "orders")
        self.possessive = vocabulary.cue("pilots", "possessive")
        self.follows = vocabulary.cue_set("pilots", "follows")
        self.facilities = vocabulary.cue_set("pilots", "facilities")
        self.other_leads = vocabulary.table("pilots", "other_leads")
        self.no_marks = vocabulary.cue_set("pilots", "no_marks")
        self.yes_no = dict.fromkeys(vocabulary.cue("pilots", "yes"), "pilot")
        self.yes_no |= dict.fromkeys(vocabulary.cue("pilots", "no"), "negated")
        self.wrong = vocabulary.table("pilots", "wrong")
        self.right = vocabulary.table("pilots", "right")
        self.denying = vocabulary.table("pilots", "denying")
        self.accepted = vocabulary.cue_set("pilots", "accepted")
        self.refused = vocabulary.cue_set("pilots", "refused")
        self.polar = vocabulary.cue_set("pilots", "polar")
        self.other_objects = vocabulary.table("pilots", "other_objects")
        self.status_columns = vocabulary.cue_set("pilots", "status_columns")
        self.candidate_cells = vocabulary.table("pilots", "candidate_cells")
        self.chosen_behind = vocabulary.table("pilots", "chosen_behind")
        self.appointing = vocabulary.cue_set("pilots", "appointing")
        self.of_all = vocabulary.cue_set("pilots", "of_all")
        self.only = vocabulary.cue_set("pilots", "only")
        self.own_pilots = vocabulary.cue_set("pilots", "own_pilots")
        self.holders = vocabulary.cue_set("pilots", "holders")
        self.one_more = vocabulary.table("pilots", "one_more")
        self.rest = vocabulary.cue_set("pilots", "rest")
        self.no_rest = vocabulary.table("pilots", "no_rest")
        self.other_lists = vocabulary.table("pilots", "other_lists")
        self.poor = vocabulary.cue_set("pilots", "poor")
        self.place_openers = vocabulary.cue_set("pilots", "place_openers")
        self.becomes = vocabulary.cue_set("pilots", "becomes")
        self.ordinal = vocabulary.cue_set("pilots", "ordinal")
        self.future = vocabulary.cue_set("quantities", "planned")
        self.parts_of = vocabulary.cue_set("quantities", "parts_of")
        self.sums = vocabulary.cue_set("quantities", "sums")
        self.one_of = vocabulary.table("pilots", "one_of")
        self.before_name = vocabulary.cue_set("pilots", "before_name")
        self.no_rival = vocabulary.cue_set("pilots", "no_rival") | self.joiners
        self.collective = build_number_words(vocabulary).collective
