"""Corrections at work: applied to what was just extracted, and to articles whose corrections changed since.

A correction is data in `corrections/*.toml` (`db.corrections.load`); the database keeps which of them each
article shows. An article whose corrections were made or withdrawn since is read again, so that a withdrawn
one gives back what the rules find.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from db.corrections.apply import Use, apply_corrections
from db.corrections.load import Correction, CorrectionError, load_corrections
from db.records import Article, Facts
from db.store import Store
from db.tables.takedowns import FILE_NAME, read_log
from pipelines.command.console import log

if TYPE_CHECKING:
    from extract.vocabulary.load import Vocabulary


class Corrector:
    """Applies the corrections of a folder to facts; keeps the database's list of them up to date."""

    def __init__(self, store: Store, vocabulary: Vocabulary, corrections: Sequence[Correction]) -> None:
        self.store = store
        self.vocabulary = vocabulary
        self.corrections = {one.id: one for one in corrections}
        self.areas = store.area_names()

    def correct(self, facts: Facts, article: Article) -> tuple[Facts, list[Use]]:
        """The facts as people corrected them, and what became of each correction of the article."""
        wanted = self.store.corrections_of(article.id, facts.programme) if self.corrections else set()
        return apply_corrections(
            facts,
            article,
            [one for key, one in self.corrections.items() if key in wanted],
            areas=self.areas,
            find_sentence=self._find_sentence,
            find_problem=self._find_problem,
        )

    def save(self, facts: Facts, article: Article) -> Facts:
        """Correct the facts and store them with the uses of the corrections, all or nothing."""
        facts, uses = self.correct(facts, article)
        with self.store.transaction():
            self.store.save_facts(facts)
            self.store.save_uses(article.id, facts.programme, uses)
        return facts

    def _find_problem(self, correction: Correction) -> str:
        """Why a correction can't be stored: a term that the vocabulary lacks."""
        terms = {
            "pillar": {pillar.id for pillar in self.vocabulary.pillars},
            "measure": set(self.vocabulary.measures),
            "type": {kind.id for kind in self.vocabulary.agency_types},
            "agency": {kind.id for kind in self.vocabulary.agency_types},
        }
        said = correction.to or (correction.claim if correction.action == "add" else {})
        for name, known in terms.items():
            if name in said and (unknown := set(str(said[name]).split("|")) - known):
                there = ", ".join(sorted(known))
                return f"{name} {min(unknown)!r} is no term of the vocabulary; there are {there}"
        return ""

    def _find_sentence(self, article: Article, field: Literal["text", "title"], start: int, end: int) -> str:
        """The sentence around the words, or their line where they stand in none (a caption, a link)."""
        from extract.article.layout.read import read_text

        source = article.title if field == "title" else article.text
        reading = read_text(article.title, article.text, self.vocabulary.text_rules)
        firsts = [i for i, begins in enumerate(reading.sentence_starts) if begins]
        for first, last in zip(firsts, [*firsts[1:], len(reading.words)], strict=True):
            if reading.field(first) == field and reading.starts[first] <= start < reading.ends[last - 1]:
                return source[reading.starts[first] : max(end, reading.ends[last - 1])]
        begin = source.rfind("\n", 0, start) + 1
        line_end = source.find("\n", end)
        return source[begin : line_end if line_end >= 0 else len(source)].strip()


def build_corrector(store: Store, vocabulary: Vocabulary, folder: Path | None) -> Corrector:
    """Load the folder's corrections and tell the database which hold; raises `CorrectionError`.

    Without a folder there are none, unless the database knows some: then something is wrong with the call.
    """
    if folder is None:
        known = store.count_corrections()
        if known:
            raise CorrectionError(
                f"{store.path} has {known} corrections, and there is no folder 'corrections' here: "
                "name it with --corrections; an empty folder withdraws them"
            )
    corrections = load_corrections(folder) if folder else []
    if folder is not None and (folder / FILE_NAME).exists():
        store.save_takedowns(read_log(folder))  # a restored database may lack some
    store.save_corrections(corrections)
    return Corrector(store, vocabulary, corrections)


def tell_unmet(store: Store) -> int:
    """Log each correction that meets nothing; returns how many there are."""
    problems = store.correction_problems()
    for problem in problems:
        log.warning("correction %s; mend or remove it", problem)
    return len(problems)
