"""The batch steps behind the verbs: each takes the lock, does one job and returns an exit code."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import CrawlReport
from db.store import Store
from pipelines.claims.extract import check_unmet, correct_claims, extract_claims, save_terms
from pipelines.command.console import Say, count_of, log, one_line
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError, classify
from pipelines.command.ledger import explain_step, record_step, tally
from pipelines.command.lock import hold_lock
from pipelines.crawl.scope import CrawlScope, choose_outlets
from pipelines.worker import BUDGET

if TYPE_CHECKING:
    from pipelines.config.load import Config


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

    def work(store: Store) -> int:
        steps: dict[str, Callable[[], int]] = {
            "crawl": lambda: _crawl(store, scope, say),
            "extract": lambda: extract_claims(
                store, corrections, scope.vocabulary, everything=False, budget=scope.budget, say=say
            ),
            "publish": lambda: max(
                correct_claims(store, corrections, scope.vocabulary, budget=scope.budget, say=say),
                _publish(db, output, say),
            ),
        }
        if config is not None:
            steps["retention"] = lambda: _prune(store, scope.archive, config, say)
        told: set[str] = set()  # a full disk fails all of them, and is one line
        codes = {name: _attempt(store, name, step, told) for name, step in steps.items()}
        explain_step(", ".join(f"{name} ended with {code}" for name, code in codes.items() if code))
        return max(codes.values())

    return _do(db, "run", work, create=True)


def crawl(db: Path, scope: CrawlScope, *, say: Say) -> int:
    """Collect articles; exit code 1 where an outlet has a problem."""
    _check_scope(scope)
    return _do(db, "crawl", lambda store: _crawl(store, scope, say), create=True)


def reparse(db: Path, scope: CrawlScope, *, say: Say) -> int:
    """Read the archived pages again; exit code 1 where the archive is damaged."""
    _check_scope(scope)

    def work(store: Store) -> int:
        from pipelines.crawl.reparse import run_reparse

        reports, damages = run_reparse(store, scope)  # the log has told of the damage already
        code = _after_crawl(store, reports, say)
        return EXIT_NEEDS_A_PERSON if damages else code

    return _do(db, "reparse", work)


def backfill(db: Path, scope: CrawlScope, paths: Sequence[Path], *, say: Say) -> int:
    """Collect articles from WARC files of others; exit code 1 where one could not be read to its end."""
    _check_scope(scope)

    def work(store: Store) -> int:
        from extract.vocabulary.load import load_vocabulary
        from pipelines.crawl.backfill import run_backfill

        save_terms(store, load_vocabulary(*scope.vocabulary))
        reports, problems = run_backfill(store, scope, paths)
        code = _after_crawl(store, reports, say)
        for problem in problems:
            log.warning("%s", problem)
        return max(code, EXIT_NEEDS_A_PERSON if problems else EXIT_DONE)

    return _do(db, "backfill", work, create=True)


def extract(
    db: Path,
    *,
    everything: bool,
    corrections: Path | None = None,
    vocabulary: Sequence[Path] = (),
    budget: float = BUDGET,
    say: Say,
) -> int:
    """Find the claims in stored articles; with `everything` in all, otherwise in what is new or outdated.

    `corrections` is the folder of those that hold; None where there is none. `vocabulary` are folders that
    add to the project's own; every programme is extracted. `budget` is what an article may take.
    """
    return _do(
        db,
        "extract",
        lambda store: extract_claims(
            store, corrections, vocabulary, everything=everything, budget=budget, say=say
        ),
    )


def publish(
    db: Path,
    output: Path,
    *,
    corrections: Path | None = None,
    vocabulary: Sequence[Path] = (),
    budget: float = BUDGET,
    accept_loss: str = "",
    say: Say,
) -> int:
    """Write the public database, with the corrections of the moment; `accept_loss`: why it may lose much."""

    def work(store: Store) -> int:
        corrected = correct_claims(store, corrections, vocabulary, budget=budget, say=say)
        code = max(corrected, check_unmet(store))
        return max(code, _publish(db, output, say, accept_loss))

    return _do(db, "publish", work)


def serve(
    db: Path,
    *,
    public: Path | None,
    host: str,
    port: int,
    title: str = "",
    archive: Path | None = None,
    contact: str = "",
    address: str = "",
) -> int:
    """Run Datasette on the database and its archive, or on a public database, until it is stopped."""
    from db.serve import serve as serve_database
    from pipelines.share.archived_pages import build_reader

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
            contact=contact,
            address=address,
            read_page=build_reader(archive) if archive and archive.is_dir() else None,
        )
    return EXIT_DONE


def _do(db: Path, name: str, work: Callable[[Store], int], *, create: bool = False) -> int:
    """Work on the database, locked for one step that is written down; only `create` makes a new file."""
    if create:
        db.parent.mkdir(parents=True, exist_ok=True)
    else:
        _check_exists(db)
    with hold_lock(db, verb=name), Store(db) as store:
        return record_step(db, name, lambda: work(store), store=store)


def _check_exists(db: Path) -> None:
    what = "does not exist" if not db.exists() else "is empty" if db.stat().st_size == 0 else ""
    if what:
        raise InputError(f"{db} {what}; collect articles with 'pantau crawl', or name another with --db")


def _check_scope(scope: CrawlScope) -> None:
    """Refuse outlets that do not exist before anything is locked or created."""
    choose_outlets(scope)


def _attempt(store: Store, name: str, work: Callable[[], int], told: set[str]) -> int:
    """The step's exit code, also where it fails: the next step is still worth doing."""
    try:
        return record_step(store.path, name, work, store=store)
    except Exception as error:
        failure = classify(error)
        level = logging.DEBUG if failure.message in told else logging.ERROR
        told.add(failure.message)
        log.log(level, "%s: %s", name, one_line(failure.message), exc_info=failure.outcome == "defect")
        return failure.code


def _crawl(store: Store, scope: CrawlScope, say: Say) -> int:
    from extract.vocabulary.load import load_vocabulary
    from pipelines.crawl.run import run_crawl

    save_terms(store, load_vocabulary(*scope.vocabulary))
    from crawler.archive.shared import hold_replay
    from crawler.archive.warc_records import ArchiveError

    with hold_replay(scope.replay) as damages:  # which the log has told already
        try:
            reports = run_crawl(store, scope)
        except ArchiveError:
            _assign_stories(store)  # to what came before the archive could not be written any more
            raise
        code = _after_crawl(store, reports, say)
    return EXIT_NEEDS_A_PERSON if damages else code


def _assign_stories(store: Store) -> None:
    from pipelines.crawl.stories import link_stories

    store.save_stories(link_stories(store.story_texts()))


def _after_crawl(store: Store, reports: Sequence[CrawlReport], say: Say) -> int:
    """Assign stories, tell what came of each outlet; exit code 1 where one has a problem."""
    _assign_stories(store)
    total: Counter[str] = Counter()
    for report in reports:
        total.update(report.counts)
        counts = ", ".join(f"{n} {reason}" for reason, n in sorted(report.counts.items()) if n)
        say(f"{report.outlet}: {counts or 'no article'}")
        for problem in report.problems:
            log.warning("%s: %s", report.outlet, problem)
    tally(**total)
    known = total["seen"] + total["unchanged"]
    say(f"{count_of(total['stored'], 'new article')}, {total['changed']} changed, {known} known already")
    if any(report.finish_reason == "shutdown" for report in reports):
        raise KeyboardInterrupt
    return EXIT_NEEDS_A_PERSON if any(report.problems for report in reports) else EXIT_DONE


def _prune(store: Store, archive: Path, config: Config, say: Say) -> int:
    from pipelines.operate.backup import prune

    prune(store, archive, config, say=say)
    return EXIT_DONE


def _publish(db: Path, output: Path, say: Say, accept_loss: str = "") -> int:
    from db.public.publish import publish as publish_database

    done = publish_database(db, output, accept_loss=bool(accept_loss))
    if done.losses:
        accepted = f"{', '.join(done.losses)}; accepted: {accept_loss}"
        explain_step(accepted)
        say(f"{output}: {accepted}")
    tally(articles=done.articles, claims=done.claims, pilots=done.pilots)
    held = ((done.articles, "article"), (done.claims, "claim"), (done.pilots, "pilot"))
    say(f"{output}: {', '.join(count_of(n, noun) for n, noun in held)}")
    return EXIT_DONE
