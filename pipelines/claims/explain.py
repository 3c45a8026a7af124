"""`pantau explain`: why a claim was made, or why none was: rules, answers, probability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from db.claim_kinds import KIND_OF_FIELD
from db.records import Article
from db.store import Store
from extract.explain import Clause, Explanation, InWords, explain, is_named, load_questions
from extract.facts import read_article
from extract.nlp import build_nlp
from extract.vocabulary.load import load_vocabulary
from pipelines.claims.jsonl import load_rows
from pipelines.claims.record import ArticleFormError, article_from_dict
from pipelines.command.console import Say
from pipelines.command.errors import EXIT_DONE, InputError

#: Answers that are told of a claim, those that weighed most.
SHOWN = 6
_SAID: Mapping[str, Mapping[str, str]] = {
    "id": {
        "share": "peluang {share}",
        "rule": "kaidah {rule}: “{sentence}”",
        "none": "tidak ada kaidah yang menyatakannya; peluang bahwa ini benar {share}",
        "off": "artikel ini bukan tentang program; hanya wilayahnya yang dibaca",
        "clause": "anak kalimat: {rule}; {answers}: “{sentence}”",
        "silent": "tidak ada kaidah anak kalimat yang berlaku",
        "yes": "ya",
        "no": "tidak",
    },
    "en": {
        "share": "probability {share}",
        "rule": "rule {rule}: “{sentence}”",
        "none": "no rule says so; the probability that it is right is {share}",
        "off": "this article is not about the programme; only its places are read",
        "clause": "clause: {rule}; {answers}: “{sentence}”",
        "silent": "no rule of the clause held",
        "yes": "yes",
        "no": "no",
    },
}


def show_explanation(
    db: Path,
    named: str,
    place: str,
    *,
    source: Path | None,
    language: str,
    vocabulary: Sequence[Path],
    programme: str | None,
    say: Say,
) -> int:
    """Explain the claims of one article, of `place` alone if it is named.

    The article is one of the database, by id or address, or of the file of articles `source`. Raises
    `InputError` where there is none, or nothing in it names the place.
    """
    article = _from_file(source, named) if source else _from_database(db, named)
    words = load_vocabulary(*vocabulary)
    if programme is not None and programme not in words.programmes:
        raise InputError(
            f"there is no programme '{programme}'; the programmes are {', '.join(words.programmes)}"
        )
    read = read_article(article, build_nlp(words), words, programme)
    found = [one for one in explain(read) if not place or is_named(one.claim, place)]
    if not found:
        what = f"names {place!r}" if place else "is a claim"
        raise InputError(f"nothing that {article.id} says {what}; leave the place out to see all")
    if not read.facts.relevant:
        say(_SAID[language]["off"])
    questions = load_questions()
    for one in found:
        say("\n".join(format_explanation(one, questions, language)))
    return EXIT_DONE


def _from_database(db: Path, named: str) -> Article:
    if not db.exists():
        raise InputError(f"{db} does not exist; name it with --db, or a file of articles with --input")
    with Store(db, read_only=True) as store:
        found = store.find_article(named) or named
        article = store.article(found)
    if article is None:
        raise InputError(f"{db} has no article '{named}'; give its id or its address")
    return article


def _from_file(source: Path, named: str) -> Article:
    rows = {row["id"]: row for row in load_rows(source)}
    if named not in rows:
        raise InputError(
            f"{source} has no article '{named}'; the first of its {len(rows)} is {next(iter(rows))}"
        )
    try:
        return article_from_dict(rows[named])
    except ArticleFormError as error:
        raise InputError(f"{source}: article {named}: {error}") from None


def format_explanation(one: Explanation, questions: dict[str, InWords], language: str) -> Iterator[str]:
    """The lines of one claim: what it says, its rule, what spoke for and against it, how likely it is."""
    said = _SAID[language]
    values = ", ".join(str(getattr(one.claim, key)) for key in KIND_OF_FIELD[one.kind].keys)
    share = f"{one.probability:.3f}"
    first = one.claim.evidence[0]
    if one.left_out:
        yield f"{one.kind}? {values}: {said['none'].format(share=share)}"
    else:
        yield f"{one.kind}: {values}: {said['share'].format(share=share)}"
        yield f"  {said['rule'].format(rule=first.rule, sentence=_one_line(first.sentence))}"
    for contribution in one.contributions[:SHOWN]:
        yield f"  {contribution.weight:+.2f} {contribution.tell(questions, language)}"
    if one.left_out or one.kind == "pilot_kecamatan":
        yield from (f"  {line}" for line in _format_clauses(one.clauses, said))


def _format_clauses(clauses: Sequence[Clause], said: Mapping[str, str]) -> Iterator[str]:
    for clause in clauses:
        answers = ", ".join(f"{name} {said['yes' if yes else 'no']}" for name, yes in clause.answers)
        rule = clause.rule or said["silent"]
        yield said["clause"].format(rule=rule, answers=answers, sentence=_one_line(clause.sentence))


def _one_line(text: str) -> str:
    return " ".join(text.split())
