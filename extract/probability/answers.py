"""What can be answered of a claim of any kind: which rule made it, where it stands, what stands beside it.

An answer is a text such as "rule:pilots.clause"; before the colon stands the question. Each comes with the
words of the article that it rests on, "" where there are none. `extract/knowledge/questions.toml` says in
words what each question asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from db.records import Claim, Event, Facts, Quantity
from extract.probability.passages import Passages, bucket

#: Answer -> the words that it rests on.
Answers = dict[str, str]

#: Kind of claim -> the files of cues that are asked for in its sentence; none where they were of no help.
CUE_FILES: Mapping[str, tuple[str, ...]] = {
    "regencies": (),
    "pilot_kecamatan": ("pilots",),
    "other_kecamatan": ("pilots",),
    "pillars": (),
    "agencies": (),
    "responsibilities": ("coverage",),
    "people": (),
    "quantities": ("quantities", "pilots"),
    "events": ("events", "pilots"),
    "facilities": ("facilities",),
    "trainings": ("trainings",),
    "pillar_states": ("coverage",),
}
#: Kind -> what its claims say, as far as few values are possible: a weight may be given to each.
TERMS: Mapping[str, tuple[str, ...]] = {
    "other_kecamatan": ("status",),
    "pillars": ("pillar",),
    "agencies": ("type",),
    "responsibilities": ("agency", "pillar"),
    "quantities": ("measure",),
    "events": ("event",),
    "facilities": ("pillar",),
    "trainings": ("pillar",),
    "pillar_states": ("pillar", "state"),
}
#: Kind -> the fields in which two claims agree that can't both hold, as a rule, and where they differ.
RIVALS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "quantities": (("measure", "region"), "value"),
    "events": (("event",), "date"),
    "people": (("role",), "name"),
}
#: Bounds of buckets: claims of a list, sentences that tell one, what a number counts.
MANY, TOLD, SIZES = (1, 2, 5), (1, 2), (1, 5, 40, 1000, 100_000)


def answer_claims(passages: Passages, facts: Facts, kind: str) -> Iterator[tuple[Claim, Answers]]:
    """Every claim of a kind with its answers."""
    claims: tuple[Claim, ...] = getattr(facts, kind)
    rivals = _count_rivals(kind, claims)
    for claim in claims:
        answers = answer_claim(passages, kind, claim)
        answers[f"many:{bucket(len(claims), MANY)}"] = ""
        if kind in RIVALS and rivals[_shared(kind, claim)] > 1:
            answers["rivals:yes"] = ""
        yield claim, answers


def answer_claim(passages: Passages, kind: str, claim: Claim) -> Answers:
    """What can be answered of a claim by itself."""
    first = claim.evidence[0]
    answers: Answers = {f"rule:{first.rule}": first.quote}
    told = {(evidence.field, evidence.sentence) for evidence in claim.evidence}
    answers[f"told:{bucket(len(told), TOLD)}"] = ""
    if any(field == "title" for field, _ in told):
        answers["title:yes"] = ""
    token = passages.token_of(first)
    sentence = passages.view.sentence_at(token)
    answers[f"block:{passages.view.segment_at(token).kind}"] = ""
    for name in passages.shape(sentence):
        answers[name] = ""
    for file in CUE_FILES[kind]:
        for name, words in passages.cues(file, sentence).items():
            answers[f"near:{name}"] = words
    for name in TERMS.get(kind, ()):
        answers[f"{name}:{getattr(claim, name)}"] = ""
    _answer_values(passages, claim, sentence, answers)
    return answers


def _answer_values(passages: Passages, claim: Claim, sentence: int, answers: Answers) -> None:
    """What a claim's own values look like: what is left open, how large or exact they are, whose they are."""
    match claim:
        case Quantity(value=value):
            answers[f"size:{bucket(value, SIZES)}"] = ""
        case Event(date=date):
            answers[f"date:{('year', 'month', 'day')[min(2, date.split('|')[0].count('-'))]}"] = ""
    area: str | None = getattr(claim, "region", None)
    if area is None:
        area = getattr(claim, "regency", None)
    if area is not None:
        answers[f"area:{_whose(passages, area, sentence)}"] = ""
    if "|" in str(area or getattr(claim, "name", "")):
        answers["open:yes"] = ""


def _whose(passages: Passages, area: str, sentence: int) -> str:
    """Whether an area is the province, named in a sentence, or taken from elsewhere in the article."""
    if not area:
        return "none"
    if area == passages.view.vocabulary.areas.province_name:
        return "province"
    return "elsewhere" if passages.regencies(sentence).isdisjoint(area.split("|")) else "here"


def _shared(kind: str, claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in RIVALS[kind][0])


def _count_rivals(kind: str, claims: Sequence[Claim]) -> Counter[tuple[object, ...]]:
    """How many values claims give to what can have one."""
    if kind not in RIVALS:
        return Counter()
    differing = {(_shared(kind, claim), getattr(claim, RIVALS[kind][1])) for claim in claims}
    return Counter(shared for shared, _ in differing)
