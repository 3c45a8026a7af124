"""Whether an article reports on the programme."""

from __future__ import annotations

from spacy.tokens import Span

from extract.article.view import View
from extract.vocabulary.areas import fold
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.scan import skip_before

#: Mentions of a sign in the text that make it an article's subject though the headline lacks it.
SUBJECT = 3
#: Sentences of a report's opening, its dateline included.
OPENING = 3


def is_relevant(view: View) -> bool:
    """Its name is printed, or the article is about what only this programme does.

    Of signs without the name, two of different pillars count, or one that is the subject (in the headline or
    mentioned often) and belongs to a kecamatan of the programme's province or is a brand of its own.
    """
    spans = [s for s in view.spans("programmes") if s.kb_id_ == view.programme.id]
    if _elsewhere(view):
        return False
    names = [s for s in spans if s.label_ == "name" and not _unrelated(view, s)]
    if any(_is_name(view, s) for s in names):
        return True
    if names and any(s.id_ == view.programme.id for s in view.spans("pillars")):
        return True  # in lower case, beside a pillar
    signs = [s for s in spans if s.label_ == "sign"]
    if not signs or _too_early(view):
        return False
    body = [s for s in signs if s.start >= view.reading.title_end]
    starts = {s.start: s.kb_id_ for s in view.spans("pillars") if s.id_ == view.programme.id}
    pillars = {starts[s.start] for s in body if s.start in starts}
    if not body:
        return False
    subject = len(body) < len(signs) or len(body) >= SUBJECT
    return (len(pillars) > 1 or subject) and (_in_unit(view) or _branded(view, signs))


def _branded(view: View, signs: list[Span]) -> bool:
    """Whether a sign is a name of the programme's own, which nothing else in the province bears."""
    table = view.vocabulary.compiled(_build_brands)
    return any(table.at(view.reading.lower, s.start) for s in signs)


def _build_brands(vocabulary: Vocabulary) -> PhraseTable:
    return PhraseTable({p.id: p.brands for p in vocabulary.programmes.values()})


def _is_name(view: View, span: Span) -> bool:
    """Whether the name is surely one: in capitals, or behind a word such as "program"."""
    r = view.reading
    if any(r.words[t][0].isupper() for t in range(span.start, span.end)):
        return True
    return span.start > 0 and r.lower[span.start - 1] in view.vocabulary.compiled(_programme_words)


def _unrelated(view: View, span: Span) -> bool:
    """Whether the words before a name, "program" left out, set the article apart from it."""
    lower = view.reading.lower
    nouns = view.vocabulary.compiled(_programme_nouns)
    last = skip_before(span.start, 0, lambda token: lower[token] in nouns)
    table = view.vocabulary.table("pillars", "unrelated")
    return any(end == last for _, end, _ in table.find(lower, max(0, last - 6), last))


def _programme_nouns(vocabulary: Vocabulary) -> frozenset[str]:
    return vocabulary.cue_set("pillars", "programme_nouns")


def _programme_words(vocabulary: Vocabulary) -> frozenset[str]:
    return vocabulary.cue_set("pillars", "programme_words")


def _too_early(view: View) -> bool:
    """Whether the article is older than the programme's year."""
    launched, published = view.programme.launched, view.published
    return launched is not None and published is not None and published.year < launched.year


def _elsewhere(view: View) -> bool:
    """Whether the article speaks of other provinces, and of the programme's own hardly."""
    foreign = [s for s in view.spans("places") if s.label_ == "FOREIGN"]
    if not foreign:
        return False
    own = [s for s in view.spans("places") if s.label_ in ("REGENCY", "PROVINCE", "KECAMATAN")]
    if not own:
        return True
    if any(s.label_ == "name" and s.kb_id_ == view.programme.id for s in view.spans("programmes")):
        return _opens_elsewhere(view)  # another province may give a programme of its own the same name
    return len(foreign) >= len(own) or _place_of_dateline(view, foreign)


def _opens_elsewhere(view: View) -> bool:
    """Whether a dateline and the sentences behind it name places of other provinces alone."""
    opening = [n for n, (first, _) in enumerate(view.sentences) if first >= view.reading.title_end][:OPENING]
    if not opening:
        return False
    first, last = view.sentences[opening[0]][0], view.sentences[opening[-1]][1]
    named = [
        s for s in view.spans_in("places", first, last) if s.label_ in ("REGENCY", "PROVINCE", "FOREIGN")
    ]
    foreign = [s for s in named if s.label_ == "FOREIGN"]
    return len(foreign) > 1 and len(foreign) == len(named)


def _place_of_dateline(view: View, spans: list[Span]) -> bool:
    segment = next((s for s in view.reading.segments if s.kind == "dateline"), None)
    return segment is not None and any(segment.first <= s.start < segment.last for s in spans)


def _in_unit(view: View) -> bool:
    """Whether the article names what takes part in the programme: a kecamatan, or the word."""
    if any(s.label_ == "KECAMATAN" for s in view.spans("places")):
        return True
    return fold(view.programme.unit) in view.reading.lower
