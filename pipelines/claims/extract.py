"""What articles claim: found, corrected and stored, an article at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import CLAIM_TABLES, Article, Facts, Measure
from db.store import Store
from pipelines.command.console import Say, log, track
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON
from pipelines.command.ledger import explain_step, tally

if TYPE_CHECKING:
    from extract.vocabulary.load import Vocabulary
    from pipelines.claims.corrections import Corrector

#: (article, programme) -> what the rules find.
FindFacts = Callable[[Article, str], Facts]


def save_terms(store: Store, vocabulary: Vocabulary) -> None:
    """Bring the areas and terms of the database to those of the vocabulary."""
    areas = vocabulary.areas
    store.save_areas(areas.regencies, areas.kecamatan, areas.villages)
    store.save_pillars(vocabulary.pillars)
    store.save_agency_types(vocabulary.agency_types)
    store.save_measures(
        Measure(id=m.id, name=m.name, name_en=m.name_en, unit=m.unit) for m in vocabulary.measures.values()
    )


def extract_claims(
    store: Store, corrections: Path | None, folders: Sequence[Path], *, everything: bool, say: Say
) -> int:
    """Extract what is new or outdated, or all; 1 where an article failed or a correction meets nothing."""
    from extract.facts import extractor_version
    from extract.vocabulary.load import load_vocabulary
    from pipelines.claims.corrections import build_corrector, recorrect

    vocabulary = load_vocabulary(*folders)
    save_terms(store, vocabulary)
    corrector = build_corrector(store, vocabulary, corrections)
    find_facts = _build_finder(vocabulary)
    version = extractor_version(vocabulary)
    code = EXIT_DONE
    for programme in vocabulary.programmes:

        def tell(line: str, programme: str = programme) -> None:
            say(f"{programme}: {line}" if len(vocabulary.programmes) > 1 else line)

        count = None if everything else store.count_stale(version, programme)
        articles = track(
            store.stale_articles(version, programme, all=everything), label="extract", total=count
        )
        code = max(code, _save_facts(corrector, articles, find_facts, programme, tell))
        if corrected := recorrect(corrector, programme, lambda: find_facts):
            tell(f"{count_of(corrected, 'article')} read again, as corrections changed")
    return max(code, check_unmet(store))


def _build_finder(vocabulary: Vocabulary) -> FindFacts:
    from extract.facts import extract_facts
    from extract.nlp import build_nlp

    nlp = build_nlp(vocabulary)
    return lambda article, programme: extract_facts(article, nlp, vocabulary, programme)


def correct_claims(store: Store, corrections: Path | None, folders: Sequence[Path], say: Say) -> int:
    """Bring the claims to the corrections of the moment; what was never extracted stays so."""
    from extract.vocabulary.load import load_vocabulary
    from pipelines.claims.corrections import build_corrector, recorrect

    if corrections is None and not store.count_corrections():
        return EXIT_DONE  # most often: nothing is to be loaded for it
    vocabulary = load_vocabulary(*folders)
    save_terms(store, vocabulary)
    corrector = build_corrector(store, vocabulary, corrections)
    for programme in vocabulary.programmes:
        if corrected := recorrect(corrector, programme, lambda: _build_finder(vocabulary)):
            say(f"{count_of(corrected, 'article')} read again, as corrections changed")
    return EXIT_DONE


def check_unmet(store: Store) -> int:
    """Tell which corrections meet nothing; 1 where there are any."""
    from pipelines.claims.corrections import tell_unmet

    return EXIT_NEEDS_A_PERSON if tell_unmet(store) else EXIT_DONE


def _save_facts(
    corrector: Corrector, articles: Iterator[Article], find_facts: FindFacts, programme: str, say: Say
) -> int:
    done = relevant = claims = failed = 0
    for article in articles:
        try:
            facts = corrector.save(find_facts(article, programme), article)
        except Exception as error:
            if isinstance(error.__cause__, sqlite3.OperationalError):  # a full disk fails every article alike
                raise
            # One article that we fail on must not cost the others; it stays outdated and is tried again.
            log.exception("article %s (%s) could not be extracted", article.id, article.url)
            failed += 1
            continue
        done += 1
        relevant += facts.relevant
        claims += sum(len(getattr(facts, name)) for name in CLAIM_TABLES)
    tally(articles=done, relevant=relevant, claims=claims, failed=failed)
    if failed:
        explain_step(f"{count_of(failed, 'article')} could not be extracted; the log names them")
    if done:
        say(
            f"{count_of(done, 'article')} extracted, {relevant} on the programme, {count_of(claims, 'claim')}"
        )
    else:
        say("nothing new to extract")
    return EXIT_NEEDS_A_PERSON if failed else EXIT_DONE


def count_of(count: int, noun: str) -> str:
    """ "no articles", "1 article", "2 articles"."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
