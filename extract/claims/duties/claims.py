"""Which agency handles which pillar, told as fact.

Within a sentence: the work is handed to an agency (`read_transfers`), done by it or its portion
(`read_passives`), it holds an office over it (`read_holders`), gets money for it (`read_allotments`), does it
(`read_actives`), gives to whom it is for (`read_gifts`), stands beside it in a line (`read_pairs`), reports
on it (`read_reports`), is named for a topic (`read_topics`), or shares it out with others (`read_shares`). A
sentence without a pillar goes on with the one told before. Appeals, guests, partners, negations and what was
once count for nothing, nor does an official who merely explains.
"""

from __future__ import annotations

from db.records import Agency, Evidence, Responsibility
from extract.article.context import Context
from extract.article.view import View
from extract.claims.duties.actives import read_actives
from extract.claims.duties.forms import read_gifts, read_holders
from extract.claims.duties.office_cells import read_cells
from extract.claims.duties.passives import read_passives
from extract.claims.duties.reports import read_reports, without_weaker
from extract.claims.duties.scene import Scene
from extract.claims.duties.sentence import Claim, Sentence
from extract.claims.duties.shares import read_purposes, read_shares
from extract.claims.duties.topics import read_pairs, read_topics
from extract.claims.duties.transfers import read_allotments, read_transfers
from extract.claims.duties.words import DutyWords

#: In this order: each form leaves to the next what it has no use for.
FORMS = (
    read_purposes,
    read_transfers,
    read_passives,
    read_holders,
    read_allotments,
    read_actives,
    read_gifts,
    read_pairs,
    read_reports,
    read_topics,
    read_shares,
)


def link_responsibilities(
    view: View, context: Context, agencies: tuple[Agency, ...]
) -> tuple[Responsibility, ...]:
    """One claim for each agency and pillar, with every sentence that tells so as evidence."""
    if not agencies:
        return ()
    scene = Scene(view, agencies, view.vocabulary.compiled(DutyWords))
    if not scene.pillars:
        return ()
    found: list[Claim] = list(read_cells(scene))
    for sentence in range(len(view.sentences)):
        if scene.speaks_of_work(sentence):
            found.extend(_read(scene, sentence))
    claims: dict[tuple[str, str, str], list[Claim]] = {}
    for hit in without_weaker(scene, found):
        claims.setdefault((hit.agency.type, hit.agency.region, hit.pillar), []).append(hit)
    return tuple(
        Responsibility(
            agency=kind,
            region=region,
            pillar=pillar,
            agency_name=hits[0].agency.name,
            evidence=tuple(dict.fromkeys(_evidence(view, h) for h in hits)),
        )
        for (kind, region, pillar), hits in claims.items()
    )


def _evidence(view: View, hit: Claim) -> Evidence:
    return view.evidence(hit.first, hit.last, hit.rule)


def _read(scene: Scene, number: int) -> list[Claim]:
    """What a sentence claims."""
    sentence = Sentence(scene, number)
    if not sentence.under_appeal():
        for read in FORMS if sentence.doers else (read_reports,):
            read(sentence)
    return sentence.claims
