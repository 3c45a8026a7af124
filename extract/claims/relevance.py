"""Whether an article reports on the programme: questions for `knowledge/rules/relevance.toml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from extract.article.view import View
from extract.vocabulary.areas import fold
from extract.vocabulary.load import Vocabulary
from extract.vocabulary.phrases import PhraseTable
from extract.vocabulary.rules import RuleBook
from extract.vocabulary.scan import skip_before

#: Mentions of a sign in the text that make it an article's subject though the headline lacks it.
SUBJECT = 3
#: Sentences of a report's opening, its dateline included.
OPENING = 3
#: Tokens before a name within which words set an article apart from it.
BEFORE_NAME = 6


@dataclass(frozen=True, slots=True)
class RelevanceWords:
    """Words around a programme's name, and names that are its own."""

    nouns: frozenset[str]
    announcing: frozenset[str]
    unrelated: PhraseTable
    mentioning: PhraseTable
    brands: PhraseTable


def build_relevance_words(vocabulary: Vocabulary) -> RelevanceWords:
    return RelevanceWords(
        nouns=vocabulary.cue_set("pillars", "programme_nouns"),
        announcing=vocabulary.cue_set("pillars", "programme_words"),
        unrelated=vocabulary.table("pillars", "unrelated"),
        mentioning=vocabulary.table("pillars", "mentioning"),
        brands=PhraseTable({p.id: p.brands for p in vocabulary.programmes.values()}),
    )


@dataclass
class Subject:
    """An article, asked of what it reports."""

    view: View
    words: RelevanceWords

    def told(self, label: str) -> list[Span]:
        """The programme's names ("name"), or what only it does ("sign")."""
        spans = self.view.spans("programmes")
        return [s for s in spans if s.label_ == label and s.kb_id_ == self.view.programme.id]

    def _placed(self, *labels: str) -> list[Span]:
        return [s for s in self.view.spans("places") if s.label_ in labels]

    # --- its name ----------------------------------------------------------------------------------------

    @cached_property
    def named(self) -> list[Span]:
        """Where words as those of its name stand."""
        return self.told("name")

    @cached_property
    def names(self) -> list[Span]:
        """Where the programme is named, and nothing sets the article apart from it."""
        return [s for s in self.named if not self._is_unrelated(s)]

    def _is_unrelated(self, span: Span) -> bool:
        """Whether the words before a name, "program" left out, set the article apart from it."""
        lower = self.view.reading.lower
        last = skip_before(span.start, 0, lambda token: lower[token] in self.words.nouns)
        hits = self.words.unrelated.find(lower, max(0, last - BEFORE_NAME), last)
        return any(end == last for _, end, _ in hits)

    def is_named_surely(self) -> bool:
        """A name stands in capitals, or behind a word such as "program"."""
        return any(self._is_in_capitals(s) or self._is_announced(s) for s in self.names)

    def _is_in_capitals(self, span: Span) -> bool:
        return any(word[0].isupper() for word in self.view.reading.words[span.start : span.end])

    def _is_announced(self, span: Span) -> bool:
        return span.start > 0 and self.view.reading.lower[span.start - 1] in self.words.announcing

    # --- what only it does -------------------------------------------------------------------------------

    @cached_property
    def signs(self) -> list[Span]:
        return self.told("sign")

    @cached_property
    def in_text(self) -> list[Span]:
        """The signs below the headline."""
        return [s for s in self.signs if s.start >= self.view.reading.title_end]

    @cached_property
    def pillars(self) -> dict[int, str]:
        """The programme's pillars, by the token at which each is named."""
        spans = self.view.spans("pillars")
        return {s.start: s.kb_id_ for s in spans if s.id_ == self.view.programme.id}

    def has_pillars(self) -> bool:
        """The text has signs of more than one pillar."""
        return len({self.pillars[s.start] for s in self.in_text if s.start in self.pillars}) > 1

    def is_subject(self) -> bool:
        """A sign stands in the headline, or often in the text."""
        return len(self.in_text) < len(self.signs) or len(self.in_text) >= SUBJECT

    def is_branded(self) -> bool:
        """A sign is a name of the programme's own, which nothing else in the province bears."""
        return any(self.words.brands.at(self.view.reading.lower, s.start) for s in self.signs)

    def is_only_mentioned(self) -> bool:
        """Each sentence with a sign only says that somebody spoke of it: "Kartu Zilenial disinggung pula"."""
        view = self.view
        sentences = {view.sentences[view.sentence_at(s.start)] for s in self.in_text}
        return all(self.words.mentioning.find(view.reading.lower, *sentence) for sentence in sentences)

    def is_in_unit(self) -> bool:
        """The article names what takes part in the programme: a kecamatan, or the word."""
        return bool(self._placed("KECAMATAN")) or fold(self.view.programme.unit) in self.view.reading.lower

    def is_early(self) -> bool:
        """The article is older than the programme's year."""
        launched, published = self.view.programme.launched, self.view.published
        return launched is not None and published is not None and published.year < launched.year

    # --- other provinces ---------------------------------------------------------------------------------

    @cached_property
    def foreign(self) -> list[Span]:
        return self._placed("FOREIGN")

    @cached_property
    def own(self) -> list[Span]:
        return self._placed("REGENCY", "PROVINCE", "KECAMATAN")

    def is_mostly_foreign(self) -> bool:
        """Places of other provinces stand in the dateline, or are no fewer than the programme's own."""
        return len(self.foreign) >= len(self.own) or self._has_foreign_dateline()

    def opens_elsewhere(self) -> bool:
        """A dateline and the sentences behind it name places of other provinces alone."""
        view = self.view
        opening = [s for s in view.sentences if s[0] >= view.reading.title_end][:OPENING]
        if not opening:
            return False
        spans = view.spans_in("places", opening[0][0], opening[-1][1])
        named = [s.label_ for s in spans if s.label_ in ("REGENCY", "PROVINCE", "FOREIGN")]
        return len(named) > 1 and set(named) == {"FOREIGN"}

    def _has_foreign_dateline(self) -> bool:
        segment = next((s for s in self.view.reading.segments if s.kind == "dateline"), None)
        return segment is not None and any(segment.first <= s.start < segment.last for s in self.foreign)


QUESTIONS: dict[str, Callable[[Subject], bool]] = {
    "foreign-places": lambda it: bool(it.foreign),
    "own-places": lambda it: bool(it.own),
    "mostly-foreign": Subject.is_mostly_foreign,
    "opens-elsewhere": Subject.opens_elsewhere,
    "name": lambda it: bool(it.named),
    "fitting-name": lambda it: bool(it.names),
    "sure-name": Subject.is_named_surely,
    "pillar": lambda it: bool(it.pillars),
    "sign": lambda it: bool(it.in_text),
    "several-pillars": Subject.has_pillars,
    "subject": Subject.is_subject,
    "brand": Subject.is_branded,
    "only-mentioned": Subject.is_only_mentioned,
    "unit": Subject.is_in_unit,
    "early": Subject.is_early,
}


def build_relevance_rules(vocabulary: Vocabulary) -> RuleBook[Subject]:
    """The rules over `QUESTIONS`."""
    return RuleBook(vocabulary.rules["relevance"], QUESTIONS)


def is_relevant(view: View) -> bool:
    """Its name is printed, or the article is about what only this programme does."""
    subject = Subject(view, view.vocabulary.compiled(build_relevance_words))
    rule = view.vocabulary.compiled(build_relevance_rules).decide(subject).rule
    return rule is not None and rule.then == "relevant"
