"""Extraction without a database: articles in, records out, one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from db.records import Article, Facts
from extract.facts import extract_facts
from extract.nlp import build_nlp
from extract.vocabulary.load import load_vocabulary
from pipelines.claims.jsonl import open_input, open_output, read_lines, to_line
from pipelines.claims.record import ArticleFormError, article_from_dict, facts_to_record
from pipelines.command.console import log, one_line, track
from pipelines.command.errors import EXIT_DONE, EXIT_NEEDS_A_PERSON, InputError
from pipelines.worker.worker import OverBudgetError, Worker


def build_extractor(
    vocabulary: Sequence[Path] = (), programme: str | None = None
) -> Callable[[Article], Facts]:
    """What finds the facts of one article.

    `vocabulary` are folders that add to the project's own; without `programme` facts are about the first one.
    Raises `VocabularyError` for an unusable file and `InputError` for a programme that there is not.
    """
    words = load_vocabulary(*vocabulary)
    if programme is not None and programme not in words.programmes:
        raise InputError(
            f"there is no programme '{programme}'; the programmes are {', '.join(words.programmes)}"
        )
    nlp = build_nlp(words)
    return lambda article: extract_facts(article, nlp, words, programme)


def extract_lines(
    source: str,
    target: str,
    *,
    vocabulary: Sequence[Path] = (),
    programme: str | None = None,
    budget: float = 0.0,
) -> int:
    """Write the record of every article in `source`, in its order; `-` is standard input or output.

    `vocabulary` and `programme` are those of `build_extractor`, `budget` is what an article may take, in
    seconds of processor time; 0 is no bound. A line that is no article, or that fails, is told with its
    number and left out: exit code 1. Raises `InputError` where no line is an article.
    """
    name = "standard input" if source == "-" else source
    with (
        open_input(source) as lines,
        Worker(build_extractor(vocabulary, programme), seconds=budget) as worker,
    ):
        good = bad = 0
        with open_output(target) as out:
            for line in track(read_lines(lines), label="extract"):
                record = None
                if line.problem:
                    log.error("%s, line %d: %s; left out", name, line.number, line.problem)
                else:
                    record = _extract_line(line.value, worker.call, f"{name}, line {line.number}")
                if record is None:
                    bad += 1
                    continue
                out.write(to_line(record))
                out.flush()
                good += 1
            if not good:
                what = f"none of its {bad} lines is an article" if bad else "it is empty"
                raise InputError(
                    f"{name}: {what}; give one JSON object a line, with at least 'id' and 'text'"
                )
    log.info("%d articles extracted, %d lines left out", good, bad)
    return EXIT_NEEDS_A_PERSON if bad else EXIT_DONE


def _extract_line(value: object, find_facts: Callable[[Article], Facts], where: str) -> dict[str, Any] | None:
    try:
        article = article_from_dict(value)
    except ArticleFormError as error:
        log.error("%s: %s; left out", where, one_line(error))
        return None
    try:
        return facts_to_record(article, find_facts(article))
    except OverBudgetError as error:
        log.error("%s: article %s %s; left out", where, article.id, error)
        return None
    except Exception:
        # A defect of ours on one article must not cost the others.
        log.exception("%s: article %s could not be extracted; left out", where, article.id)
        return None
