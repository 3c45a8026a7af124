"""Vocabulary phrases: their small notation, and spaCy matchers over them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extract.text import tokenize

_GROUP = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def expand(phrase: str) -> list[str]:
    """The literal phrases behind a short form: `(a|b)` is a choice, `[c]` may be absent.

    >>> expand("gen[erasi] z")
    ['gen z', 'generasi z']
    >>> expand("(pilot|proyek) percontohan")
    ['pilot percontohan', 'proyek percontohan']
    """
    parts: list[list[str]] = []
    position = 0
    for match in _GROUP.finditer(phrase):
        parts.append([phrase[position : match.start()]])
        if match.group(1) is not None:
            parts.append(match.group(1).split("|"))
        else:
            parts.append(["", *match.group(2).split("|")])
        position = match.end()
    parts.append([phrase[position:]])
    spelled = ("".join(choice) for choice in itertools.product(*parts))
    return list(dict.fromkeys(" ".join(s.split()) for s in spelled if s.strip()))


def build_matcher(vocab: Vocab, phrases: Mapping[str, Iterable[str]], attr: str = "LOWER") -> PhraseMatcher:
    """A matcher whose keys are those of `phrases`; letter case is ignored unless `attr` is `ORTH`."""
    matcher = PhraseMatcher(vocab, attr=attr)
    for key, forms in phrases.items():
        docs = [Doc(vocab, words=tokenize(s)) for form in forms for s in expand(form)]
        matcher.add(key, [d for d in docs if len(d)])
    return matcher


def find_phrases(matcher: PhraseMatcher, doc: Doc) -> list[Span]:
    """Matches in the doc's order, the longest where they overlap; `span.label_` is the key."""
    spans = matcher(doc, as_spans=True)
    return sorted(filter_spans(spans), key=lambda span: span.start)
