"""What articles claim: found, corrected and stored, an article at a time."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from db.claim_kinds import CLAIM_TABLES
from db.records import WIB, Article, ExtractionProblem, Facts, Measure, Reason
from db.store import Store
from db.tables.claims import drop_unstorable
from pipelines.command.console import Say, count_of, log, one_line, track
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.command.ledger import explain_step, tally
from pipelines.worker.process import Answer
from pipelines.worker.worker import OverBudgetError, Worker

if TYPE_CHECKING:
    from extract.vocabulary.load import Vocabulary
    from pipelines.claims.corrections import Corrector


def save_terms(store: Store, vocabulary: Vocabulary) -> None:
    """Bring the areas and terms of the database to those of the vocabulary."""
    areas = vocabulary.areas
    store.save_areas(areas.regencies, areas.kecamatan, areas.villages)
    store.save_pillars(vocabulary.pillars)
    store.save_agency_types(vocabulary.agency_types)
    store.save_measures(
        Measure(id=m.id, name=m.name, name_en=m.name_en, unit=m.unit, kind=m.kind)
        for m in vocabulary.measures.values()
    )


class Claims:
    """Finds, corrects and stores what articles claim; a context manager.

    `budget` is what an article may take, in seconds of processor time; 0 is no bound. An article that goes
    over it, meets a defect or can't be stored whole is noted, and passed over until its text, the extractor
    or the budget changes.
    """

    def __init__(
        self, store: Store, vocabulary: Vocabulary, corrections: Path | None, *, budget: float
    ) -> None:
        from extract.facts import extractor_version
        from pipelines.claims.corrections import build_corrector

        store.grant_budget(budget)
        self.store = store
        self.version = extractor_version(vocabulary)
        self._vocabulary = vocabulary
        self._budget = budget
        self._corrector: Corrector = build_corrector(store, vocabulary, corrections)
        self._worker: Worker[tuple[Article, str], Facts] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker is not None:
            self._worker.close()

    def read(self, articles: Iterable[Article], programme: str) -> Counter[str]:
        """Find and store the claims of articles; counts "articles", "relevant", "claims" and "failed"."""
        counts: Counter[str] = Counter()
        jobs = ((article, programme) for article in articles)
        for (article, _), answer in self._finder().map(jobs):
            facts = self._save(article, programme, answer)
            if facts is None:
                counts["failed"] += 1
                continue
            counts["articles"] += 1
            counts["relevant"] += facts.relevant
            counts["claims"] += sum(len(getattr(facts, name)) for name in CLAIM_TABLES)
        return counts

    def read_corrected(self, programme: str) -> Counter[str]:
        """Read again the articles whose corrections changed."""
        keys = self.store.articles_to_correct(programme, self.version)
        if not keys:
            return Counter()  # most often: nothing is to be loaded for it
        return self.read((a for key in keys if (a := self.store.article(key)) is not None), programme)

    def _finder(self) -> Worker[tuple[Article, str], Facts]:
        if self._worker is None:
            from extract.facts import extract_facts
            from extract.nlp import build_nlp

            vocabulary, nlp = self._vocabulary, build_nlp(self._vocabulary)
            self._worker = Worker(
                lambda job: extract_facts(job[0], nlp, vocabulary, job[1]), seconds=self._budget
            )
        return self._worker

    def _save(self, article: Article, programme: str, answer: Answer[Facts]) -> Facts | None:
        """Correct and store what was found; None where nothing of it could be."""
        try:
            facts, refused = drop_unstorable(answer.get(), article.title, article.text)
            saved = self._corrector.save(facts, article)
        except OverBudgetError as error:
            self._note(article, programme, "over-budget", one_line(error))
            log.warning("article %s (%s) is passed over: it %s", article.id, article.url, error)
            return None
        except Exception as error:
            if isinstance(error.__cause__, sqlite3.OperationalError):  # a full disk fails every article alike
                raise
            # One article that we fail on must not cost the others.
            self._note(article, programme, "error", f"{type(error).__name__}: {one_line(error)}")
            log.exception("article %s (%s) could not be extracted", article.id, article.url)
            return None
        if refused:
            self._note(article, programme, "unstorable", "; ".join(refused))
            log.error("article %s (%s): left out: %s", article.id, article.url, "; ".join(refused))
        return saved

    def _note(self, article: Article, programme: str, reason: Reason, detail: str) -> None:
        self.store.save_extraction_problem(
            ExtractionProblem(
                article=article.id,
                programme=programme,
                reason=reason,
                detail=detail[:300],
                extractor_version=self.version,
                budget=self._budget,
                noted_at=datetime.now(WIB),
            )
        )


def extract_claims(
    store: Store,
    corrections: Path | None,
    folders: Sequence[Path],
    *,
    everything: bool,
    budget: float,
    say: Say,
) -> int:
    """Extract what is new or outdated, or all; 1 where an article failed or a correction meets nothing."""
    from extract.vocabulary.load import load_vocabulary

    vocabulary = load_vocabulary(*folders)
    save_terms(store, vocabulary)
    code = EXIT_DONE
    with Claims(store, vocabulary, corrections, budget=budget) as claims:
        for programme in vocabulary.programmes:
            several = f"{programme}: " if len(vocabulary.programmes) > 1 else ""
            count = None if everything else store.count_stale(claims.version, programme)
            stale = store.stale_articles(claims.version, programme, all=everything)
            counts = claims.read(track(stale, label="extract", total=count), programme)
            say(several + _tell(counts))
            tally(**counts)
            again = claims.read_corrected(programme)
            if again["articles"]:
                say(f"{several}{count_of(again['articles'], 'article')} read again, as corrections changed")
            if failed := counts["failed"] + again["failed"]:
                explain_step(f"{count_of(failed, 'article')} could not be extracted; the log names them")
                code = EXIT_NEEDS_A_PERSON
    return max(code, check_unmet(store))


def _tell(counts: Counter[str]) -> str:
    if not counts["articles"]:
        return "nothing new to extract"
    return (
        f"{count_of(counts['articles'], 'article')} extracted, {counts['relevant']} on the programme, "
        f"{count_of(counts['claims'], 'claim')}"
    )


def correct_claims(
    store: Store, corrections: Path | None, folders: Sequence[Path], *, budget: float, say: Say
) -> int:
    """Bring the claims to the corrections of the moment; what was never extracted stays so."""
    from extract.vocabulary.load import load_vocabulary

    if corrections is None and not store.count_corrections():
        return EXIT_DONE  # most often: nothing is to be loaded for it
    vocabulary = load_vocabulary(*folders)
    save_terms(store, vocabulary)
    code = EXIT_DONE
    with Claims(store, vocabulary, corrections, budget=budget) as claims:
        for programme in vocabulary.programmes:
            again = claims.read_corrected(programme)
            if again["articles"]:
                say(f"{count_of(again['articles'], 'article')} read again, as corrections changed")
            if again["failed"]:
                code = EXIT_NEEDS_A_PERSON
    return code


def check_unmet(store: Store) -> int:
    """Tell which corrections meet nothing; 1 where there are any."""
    from pipelines.claims.corrections import tell_unmet

    return EXIT_NEEDS_A_PERSON if tell_unmet(store) else EXIT_DONE
