"""What can be answered of a kecamatan that may be a pilot: the rules' own questions, and what stands near.

A kecamatan that no rule makes a pilot is asked the same of all its mentions together, without the rules'
verdict: what is so asked of those that a rule does find tells what the others may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.records import OtherKecamatan, PilotKecamatan
from extract.article.list_leads import find_lead
from extract.article.sections import section_regency
from extract.claims.pilots.clause import QUESTIONS, Listed
from extract.claims.pilots.groups import Group, Sentence, codes_told
from extract.claims.pilots.words import PilotWords
from extract.probability.answers import MANY, Answers
from extract.probability.passages import Passages, bucket

#: Sentences around a mention -> what their cues are called.
AROUND = ((-3, "far"), (-2, "far"), (-1, "back"), (1, "next"))
#: Sentences before a list, and behind it, in which a count of its members may stand.
COUNTED_BEFORE, COUNTED_BEHIND = 5, 2
#: Bounds of the tokens between a list and the nearest word that makes pilots.
GAPS = (1, 4, 12)
_MAKING = ("pilot", "appoint", "chosen", "tried")
_VERDICTS = ("negated", "planned")


class Kecamatan:
    """The kecamatan of one article, over the sentences that `judge_kecamatan` judged."""

    def __init__(self, passages: Passages, sentences: Sequence[Sentence]) -> None:
        self.passages = passages
        self.view = passages.view
        self.sentences = sentences
        self.words = self.view.vocabulary.compiled(PilotWords)
        self.groups = [group for sentence in sentences for group in sentence.groups]
        self.codes = {id(group): group.codes for group in self.groups}
        self.pilots = codes_told(list(sentences), "pilot", "listed")
        self.counts = {sentence.count for sentence in sentences}
        self._asked: dict[int, Answers] = {}
        self._agreed: dict[str, Answers] = {}

    def answer_told(self, claim: PilotKecamatan | OtherKecamatan) -> Answers:
        """Of a kecamatan as it is claimed: what is answered of the list that its first evidence stands in."""
        token = self.passages.token_of(claim.evidence[0])
        telling = [group for group in self.groups if group.first <= token < group.last]
        answers = dict(self._ask(telling[0])) if telling else {}
        return answers | self._agreement(claim.code)

    def answer_left_out(self, code: str) -> Answers:
        """Of a kecamatan whatever the rules say of it: what is answered of any of its mentions."""
        answers: Answers = {}
        mentions = [group for group in self.groups if code in self.codes[id(group)]]
        for group in mentions:
            answers |= self._ask(group)
            answers |= self._answer_around(group)
            if group.status in _VERDICTS:
                answers[f"verdict:{group.status}"] = ""
        answers[f"mentions:{bucket(len(mentions), MANY)}"] = ""
        return answers | self._agreement(code)

    def _ask(self, group: Group) -> Answers:
        """The rules' questions, and what a list looks like; asked once a list."""
        if id(group) not in self._asked:
            self._asked[id(group)] = dict(self._answers(group))
        return self._asked[id(group)]

    def _answers(self, group: Group) -> Iterator[tuple[str, str]]:
        sentence = self.sentences[group.sentence]
        listed = Listed(self.view, sentence, group, self.words)
        yield from ((f"clause:{name}", "") for name, asks in QUESTIONS.items() if asks(listed))
        yield f"list:{bucket(len(self.codes[id(group)]), MANY)}", ""
        gaps = [
            max(start - group.last, group.first - end, 0)
            for start, end, key in sentence.cues
            if key in _MAKING
        ]
        yield f"gap:{bucket(min(gaps), GAPS) if gaps else 'none'}", ""
        if self._fits(group):
            yield "fits:yes", ""
        if group.at_head:
            yield "head:yes", ""
        if section_regency(self.view, group.first) in group.regencies:
            yield "section:yes", ""
        if sentence.programme:
            yield "programme:yes", ""

    def _fits(self, group: Group) -> bool:
        """Whether a sentence near a list counts as many kecamatan as it has."""
        size = len(self.codes[id(group)])
        if size < 2 or size not in self.counts:
            return False
        low = max(0, group.sentence - COUNTED_BEFORE)
        near = self.sentences[low : group.sentence + COUNTED_BEHIND + 1]
        return any(sentence.count == size for sentence in near)

    def _answer_around(self, group: Group) -> Answers:
        answers: Answers = {f"block:{self.view.segment_at(group.first).kind}": ""}
        for name, words in self.passages.cues("pilots", group.sentence).items():
            answers[f"near:{name}"] = words
        for step, where in AROUND:
            number = group.sentence + step
            if 0 <= number < len(self.sentences):
                for name, words in self.passages.cues("pilots", number).items():
                    answers[f"{where}:{name}"] = words
        if (lead := find_lead(self.view, group.first)) is not None:
            for name, words in self.passages.cues("pilots", self.view.sentence_at(lead.last - 1)).items():
                answers[f"lead:{name}"] = words
        if self.passages.is_title(group.sentence):
            answers["title:yes"] = ""
        return answers

    def _agreement(self, code: str) -> Answers:
        """Whether other lists of its regency are pilots, and with it as many as a sentence counts."""
        if code not in self._agreed:
            own = {c for codes in self.codes.values() if code in codes for c in codes}
            others = {c for c in self.pilots if c not in own and c[:5] == code[:5]}
            answers: Answers = {}
            if others:
                answers["beside:yes"] = ""
                if len(others) + len(own) in self.counts:
                    answers["fills:yes"] = ""
                if len(others) in self.counts:
                    answers["full:yes"] = ""
            self._agreed[code] = answers
        return self._agreed[code]
