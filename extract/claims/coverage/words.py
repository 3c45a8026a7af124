"""The tables of `cues/coverage.toml`, and the words that may stand between "di" and a regency's name."""

from __future__ import annotations

from extract.vocabulary.load import Vocabulary

#: The lists that say what a sentence tells. A phrase may stand in several of them.
TOLD = ("attends", "speaks", "joins", "done", "ahead", "breaks", "opened_there", "topic")


class CoverageWords:
    """Built once a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.told = {key: vocabulary.table("coverage", key) for key in TOLD}
        self.compares = vocabulary.table("coverage", "compares")
        self.excludes = vocabulary.table("coverage", "excludes")
        self.venue = vocabulary.cue_set("coverage", "venue")
        self.marks = (
            vocabulary.cue_set("pilots", "regency_marks")
            | vocabulary.cue_set("places", "kecamatan")
            | vocabulary.cue_set("places", "village")
        )
