"""The words for a launch, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from extract.claims.events.dating import Dated
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class LaunchTables:
    cues: PhraseTable  # keys: noun, active, passive, near-active, near-passive, gesture, own, near-status
    undone: PhraseTable
    same_day: PhraseTable
    vague: PhraseTable
    sure: PhraseTable
    since: PhraseTable
    targets: PhraseTable
    after: PhraseTable
    together: frozenset[str]
    beside: frozenset[str]
    relative: frozenset[str]
    decrees: PhraseTable


def build_launch_tables(vocabulary: Vocabulary) -> LaunchTables:
    def table(key: str, file: str = "events") -> PhraseTable:
        return vocabulary.table(file, key)

    kinds = {
        "noun": "launch_nouns",
        "active": "launch_active",
        "passive": "launch_passive",
        "near-active": "launch_near_active",
        "near-passive": "launch_near_passive",
        "gesture": "launch_gestures",
        "own": "launch_own",
        "near-status": "launch_status",
    }
    return LaunchTables(
        cues=PhraseTable({kind: vocabulary.cue("events", key) for kind, key in kinds.items()}),
        undone=table("undone"),
        same_day=table("same_day", "dates"),
        vague=table("launch_vague"),
        sure=table("launch_sure"),
        since=table("since_launch"),
        targets=table("targets"),
        after=table("launch_after"),
        together=vocabulary.cue_set("events", "together"),
        beside=vocabulary.cue_set("events", "beside_launch"),
        decrees=table("decrees"),
        relative=vocabulary.cue_set("events", "relative"),
    )


@dataclass(frozen=True, slots=True)
class LaunchWord:
    """Words for a launch at tokens `start` to `end`, in the sentence `number` of tokens `first` to `last`."""

    kind: str
    start: int
    end: int
    number: int
    first: int
    last: int
    until: int  # the sentence's next launch word, or its end; 0 where it has one only

    def gap(self, date: Dated) -> tuple[int, int]:
        """The tokens between the words and a date."""
        return (self.end, date.first) if date.first >= self.end else (date.last, self.start)
