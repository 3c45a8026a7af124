"""The batch steps behind the verbs: each takes the lock, does one job and returns an exit code."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import CLAIM_TABLES, Article, CrawlReport, Facts, Measure
from db.store import Store
from pipelines.console import log, one_line, track
from pipelines.errors import (
    EXIT_DONE,
    EXIT_NEEDS_A_PERSON,
    EXIT_UNUSABLE_INPUT,
    InputError,
    expected_errors,
    explain_os_error,
)
from pipelines.lock import hold_lock

if TYPE_CHECKING:
    from extract.vocabulary import Vocabulary
    from pipelines.config import Config
    from pipelines.corrections import Corrector

#: Tells one line of result to whoever called.
Say = Callable[[str], None]
#: (article, programme) -> what the rules find.
FindFacts = Callable[[Article, str], Facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlScope:
    """Which outlets, which articles, from where. No slug means every outlet, no date no bound."""

    archive: Path
    slugs: tuple[str, ...] = ()
    outlets: tuple[Path, ...] = ()  # folders of outlet files beside the project's own
    vocabulary: tuple[Path, ...] = ()  # folders of vocabulary beside the project's own
    since: date | None = None
    until: date | None = None
    replay: tuple[Path, ...] = ()  # WARC files; none means the network
    limit: int | None = None  # articles of one outlet
    off: tuple[str, ...] = ()  # outlets that are left out where no slug is given
    contact: str = ""  # for the user agent; "": what the environment says
    run: str = ""  # id of the run; "": a new one


def public_path(db: Path) -> Path:
    """Where the public database of `db` lies unless told otherwise."""
    return db.with_name("public.db")


def run(
    db: Path,
    scope: CrawlScope,
    *,
    output: Path,
    corrections: Path | None = None,
    config: Config | None = None,
    say: Say,
) -> int:
    """Crawl, extract, publish under one lock; each is tried whatever became of the one before."""
    _check_scope(scope)
    with _writing(db, verb="run", create=True) as store:
        steps: dict[str, Callable[[], int]] = {
            "crawl": lambda: _crawl(store, scope, say),
            "extract": lambda: _extract(store, corrections, scope.vocabulary, everything=False, say=say),
            "publish": lambda: max(
                _correct(store, corrections, scope.vocabulary, say), _publish(db, output, say)
            ),
        }
        code = max(_attempt(name, step) for name, step in steps.items())
        if config is not None:
            code = max(code, _attempt("retention", lambda: _prune(store, scope.archive, config, say)))
        return code


def crawl(db: Path, scope: CrawlScope, *, say: Say) -> int:
    """Collect articles; exit code 1 where an outlet has a problem."""
    _check_scope(scope)
    with _writing(db, verb="crawl", create=True) as store:
        return _crawl(store, scope, say)


def reparse(db: Path, scope: CrawlScope, *, say: Say) -> int:
    """Read the archived pages again."""
    _check_scope(scope)
    with _writing(db, verb="reparse") as store:
        from pipelines.reparse import run_reparse

        return _after_crawl(store, run_reparse(store, scope), say)


def backfill(db: Path, scope: CrawlScope, paths: Sequence[Path], *, say: Say) -> int:
    """Collect articles from WARC files of others; exit code 1 where one could not be read to its end."""
    _check_scope(scope)
    with _writing(db, verb="backfill", create=True) as store:
        from extract.vocabulary import load_vocabulary
        from pipelines.backfill import run_backfill

        save_terms(store, load_vocabulary(*scope.vocabulary))
        reports, problems = run_backfill(store, scope, paths)
        code = _after_crawl(store, reports, say)
        for problem in problems:
            log.warning("%s", problem)
        return max(code, EXIT_NEEDS_A_PERSON if problems else EXIT_DONE)


def extract(
    db: Path,
    *,
    everything: bool,
    corrections: Path | None = None,
    vocabulary: Sequence[Path] = (),
    say: Say,
) -> int:
    """Find the claims in stored articles; with `everything` in all, otherwise in what is new or outdated.

    `corrections` is the folder of those that hold; None where there is none. `vocabulary` are folders that
    add to the project's own; every programme is extracted.
    """
    with _writing(db, verb="extract") as store:
        return _extract(store, corrections, vocabulary, everything=everything, say=say)


def publish(
    db: Path,
    output: Path,
    *,
    corrections: Path | None = None,
    vocabulary: Sequence[Path] = (),
    say: Say,
) -> int:
    """Write the public database, with the corrections of the moment."""
    with _writing(db, verb="publish") as store:
        code = max(_correct(store, corrections, vocabulary, say), _tell_unmet(store))
        return max(code, _publish(db, output, say))


def serve(
    db: Path, *, public: Path | None, host: str, port: int, title: str = "", archive: Path | None = None
) -> int:
    """Run Datasette on the database and its archive, or on a public database, until it is stopped."""
    from db.serve import serve as serve_database
    from pipelines.archived import build_reader

    path = public or db
    if public and not path.exists():
        raise InputError(f"{path} does not exist; write it with 'pantau publish'")
    _check_exists(path)
    with suppress(KeyboardInterrupt):  # the ordinary end of a server
        serve_database(
            path,
            host=host,
            port=port,
            public=public is not None,
            title=title,
            read_page=build_reader(archive) if archive and archive.is_dir() else None,
        )
    return EXIT_DONE


@contextmanager
def _writing(db: Path, *, verb: str, create: bool = False) -> Iterator[Store]:
    """The database, locked for one verb; only `create` makes one that is not there."""
    if create:
        db.parent.mkdir(parents=True, exist_ok=True)
    else:
        _check_exists(db)
    with hold_lock(db, verb=verb), Store(db) as store:
        yield store


def _check_exists(db: Path) -> None:
    what = "does not exist" if not db.exists() else "is empty" if db.stat().st_size == 0 else ""
    if what:
        raise InputError(f"{db} {what}; collect articles with 'pantau crawl', or name another with --db")


def _check_scope(scope: CrawlScope) -> None:
    """Refuse outlets that do not exist before anything is locked or created."""
    from pipelines.crawl import choose_outlets

    choose_outlets(scope)


def _attempt(name: str, step: Callable[[], int]) -> int:
    """The step's exit code, also where it fails: the next step is still worth doing."""
    try:
        return step()
    except expected_errors() as error:
        log.error("%s: %s", name, one_line(error))
        return EXIT_UNUSABLE_INPUT
    except OSError as error:
        log.error("%s: %s", name, explain_os_error(error))
        return EXIT_UNUSABLE_INPUT
    except Exception:
        log.exception("%s: a defect", name)
        return EXIT_NEEDS_A_PERSON


def save_terms(store: Store, vocabulary: Vocabulary) -> None:
    """Bring the areas and terms of the database to those of the vocabulary."""
    areas = vocabulary.areas
    store.save_areas(areas.regencies, areas.kecamatan, areas.villages)
    store.save_pillars(vocabulary.pillars)
    store.save_agency_types(vocabulary.agency_types)
    store.save_measures(
        Measure(id=m.id, name=m.name, name_en=m.name_en, unit=m.unit) for m in vocabulary.measures.values()
    )


def _crawl(store: Store, scope: CrawlScope, say: Say) -> int:
    from extract.vocabulary import load_vocabulary
    from pipelines.crawl import run_crawl

    save_terms(store, load_vocabulary(*scope.vocabulary))
    if not scope.replay:
        return _after_crawl(store, run_crawl(store, scope), say)
    from crawler.keep import hold_replay

    with hold_replay(scope.replay) as damages:  # which the log has told already
        code = _after_crawl(store, run_crawl(store, scope), say)
    return EXIT_NEEDS_A_PERSON if damages else code


def _after_crawl(store: Store, reports: Sequence[CrawlReport], say: Say) -> int:
    """Assign stories, tell what came of each outlet; exit code 1 where one has a problem."""
    from pipelines.stories import link_stories

    store.save_stories(link_stories(store.story_texts()))
    total: Counter[str] = Counter()
    for report in reports:
        total.update(report.counts)
        counts = ", ".join(f"{n} {reason}" for reason, n in sorted(report.counts.items()) if n)
        say(f"{report.outlet}: {counts or 'no article'}")
        for problem in report.problems:
            log.warning("%s: %s", report.outlet, problem)
    known = total["seen"] + total["unchanged"]
    say(f"{_count(total['stored'], 'new article')}, {total['changed']} changed, {known} known already")
    if any(report.finish_reason == "shutdown" for report in reports):
        raise KeyboardInterrupt
    return EXIT_NEEDS_A_PERSON if any(report.problems for report in reports) else EXIT_DONE


def _extract(
    store: Store, corrections: Path | None, folders: Sequence[Path], *, everything: bool, say: Say
) -> int:
    from extract.facts import extractor_version
    from extract.vocabulary import load_vocabulary
    from pipelines.corrections import build_corrector, recorrect

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
            tell(f"{_count(corrected, 'article')} read again, as corrections changed")
    return max(code, _tell_unmet(store))


def _build_finder(vocabulary: Vocabulary) -> FindFacts:
    from extract.facts import extract_facts
    from extract.nlp import build_nlp

    nlp = build_nlp(vocabulary)
    return lambda article, programme: extract_facts(article, nlp, vocabulary, programme)


def _correct(store: Store, corrections: Path | None, folders: Sequence[Path], say: Say) -> int:
    """Bring the claims to the corrections of the moment; what was never extracted stays so."""
    from extract.vocabulary import load_vocabulary
    from pipelines.corrections import build_corrector, recorrect

    if corrections is None and not store.count_corrections():
        return EXIT_DONE  # most often: nothing is to be loaded for it
    vocabulary = load_vocabulary(*folders)
    save_terms(store, vocabulary)
    corrector = build_corrector(store, vocabulary, corrections)
    for programme in vocabulary.programmes:
        if corrected := recorrect(corrector, programme, lambda: _build_finder(vocabulary)):
            say(f"{_count(corrected, 'article')} read again, as corrections changed")
    return EXIT_DONE


def _prune(store: Store, archive: Path, config: Config, say: Say) -> int:
    from pipelines.backup import prune

    prune(store, archive, config, say=say)
    return EXIT_DONE


def _tell_unmet(store: Store) -> int:
    from pipelines.corrections import tell_unmet

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
    if done:
        say(f"{_count(done, 'article')} extracted, {relevant} on the programme, {_count(claims, 'claim')}")
    else:
        say("nothing new to extract")
    return EXIT_NEEDS_A_PERSON if failed else EXIT_DONE


def _publish(db: Path, output: Path, say: Say) -> int:
    from db.publish import BoundError
    from db.publish import publish as publish_database

    try:
        done = publish_database(db, output)
    except BoundError as error:
        log.error("%s", one_line(error))
        return EXIT_NEEDS_A_PERSON
    held = ((done.articles, "article"), (done.claims, "claim"), (done.pilots, "pilot"))
    say(f"{output}: {', '.join(_count(n, noun) for n, noun in held)}")
    return EXIT_DONE


def _count(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
