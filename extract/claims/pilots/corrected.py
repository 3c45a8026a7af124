"""Corrections: what a paper says that it wrote is none any more, and what it says to be right instead is.

"Dalam berita kemarin tertulis A dan B. Seharusnya A dan C."
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.article.view import View
from extract.claims.pilots.groups import Group, Sentence
from extract.claims.pilots.retracted import take_back
from extract.claims.pilots.words import PilotWords
from extract.vocabulary.phrases import PhraseTable

#: Sentences around what was wrong within which it is said to be so, or what is right.
NEAR = 3
#: Sentences behind "Tertulis:" that may be the items of its list.
ITEMS = 12
_TELLING = ("pilot", "appoint", "chosen")


def judge_corrected(view: View, sentences: list[Sentence], words: PilotWords) -> None:
    """Takes back what was wrong, and makes pilots of those who are told instead, where pilots were told."""
    wrong: dict[int, Sentence] = {}  # ids of groups, and what says that they are wrong
    right: list[tuple[Group, Sentence]] = []
    for index, sentence in enumerate(sentences):
        at = _start(view, sentence, words.right)
        said_wrong = _start(view, sentence, words.wrong) is not None and _is_corrected(
            view, sentences, index, words
        )
        for group in _listed(view, sentences, index):
            if at is not None and group.first >= at:
                right.append((group, sentence))
            elif said_wrong:
                wrong[id(group)] = sentence
    right = [(group, by) for group, by in right if id(group) not in wrong]
    if not wrong:
        return
    _settle(sentences, wrong, right)


def _settle(
    sentences: list[Sentence], wrong: dict[int, Sentence], right: list[tuple[Group, Sentence]]
) -> None:
    groups = [g for s in sentences for g in s.groups]
    told = any(g.status in ("pilot", "listed") for g in groups if id(g) in wrong)
    told = told or any(by.has(key) for by in wrong.values() for key in _TELLING)
    for group, by in right if told else ():
        if group.status in ("", "listed"):
            group.judge("pilot", "pilots.taken-up", by)
    kept = {c for group, _ in right for c in group.codes}
    for key, by in wrong.items():
        codes = {c for g in groups if id(g) == key for c in g.codes} - kept
        for sentence in sentences if codes else ():
            take_back(sentence, codes, by)


def _start(view: View, sentence: Sentence, table: PhraseTable) -> int | None:
    """The token at which a sentence has one of a table's phrases, None if it has none."""
    found = table.find(view.reading.lower, sentence.first, sentence.last)
    return found[0][0] if found else None


def _is_corrected(view: View, sentences: list[Sentence], index: int, words: PilotWords) -> bool:
    """Whether a sentence near by says that something is wrong, or what is right."""
    near = sentences[max(0, index - NEAR) : index + NEAR + 1]
    return any(s.has("retracted") or _start(view, s, words.right) is not None for s in near) or bool(
        words.denying.find(view.reading.lower, near[0].first, near[-1].last)
    )


def _listed(view: View, sentences: list[Sentence], index: int) -> Iterator[Group]:
    """The groups of a sentence, and of the items behind it where it ends in a colon."""
    sentence = sentences[index]
    yield from sentence.groups
    if view.reading.lower[sentence.last - 1] != ":":
        return
    for following in sentences[index + 1 : index + 1 + ITEMS]:
        if view.segment_at(following.first).kind not in ("item", "row", "heading"):
            return
        yield from following.groups
