"""Reads an article into facts: the only function that outsiders call, and the version that they store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from db.records import Article, Facts
from extract.article.context import Context
from extract.article.view import View
from extract.claims.agencies.actors import Actors
from extract.claims.agencies.claims import link_agencies
from extract.claims.coverage.pillar_states import link_pillar_states
from extract.claims.coverage.regency_roles import add_told, give_roles, list_claimed
from extract.claims.coverage.told import Scene
from extract.claims.duties.claims import link_responsibilities
from extract.claims.events.claims import link_events
from extract.claims.facilities.claims import link_facilities
from extract.claims.people import link_people
from extract.claims.pillars import link_pillars
from extract.claims.pilots.claims import judge_kecamatan, link_kecamatan
from extract.claims.pilots.groups import Sentence
from extract.claims.quantities.claims import link_quantities
from extract.claims.regencies import link_regencies
from extract.claims.relevance import is_relevant
from extract.claims.trainings import link_trainings
from extract.nlp import read_claims, read_topic
from extract.privacy.find import find_private, unlisted
from extract.probability.weigh import weigh
from extract.version import CODE_VERSION
from extract.vocabulary.load import Vocabulary


def extractor_version(vocabulary: Vocabulary) -> str:
    """The digests of code and vocabulary together: "9b1f0c77ad20+3f2a90c1d2e4"."""
    return f"{CODE_VERSION}+{vocabulary.digest}"


def extract_facts(
    article: Article, nlp: Language, vocabulary: Vocabulary, programme: str | None = None
) -> Facts:
    """What an article claims about a programme (the vocabulary's first one unless named).

    `nlp` comes from `build_nlp(vocabulary)`. Pure; any text gives a result. Articles off the topic get their
    places only: what they say of offices, people and figures is no claim about the programme.
    """
    read = read_article(article, nlp, vocabulary, programme)
    return weigh(read.view, read.sentences, read.facts)


@dataclass(frozen=True, slots=True)
class Read:
    """An article as the rules read it, before anything is weighed."""

    view: View
    sentences: Sequence[Sentence]  # with what they say of kecamatan; none off the topic
    facts: Facts


def read_article(
    article: Article, nlp: Language, vocabulary: Vocabulary, programme: str | None = None
) -> Read:
    """What `extract_facts` rests on, for those who explain it or learn from it."""
    chosen = vocabulary.programmes[programme or next(iter(vocabulary.programmes))]
    doc = read_topic(nlp, vocabulary, article.title, article.text)
    view = View(article=article, doc=doc, vocabulary=vocabulary, programme=chosen)
    context = Context(view)
    if relevant := is_relevant(view):
        read_claims(nlp, doc)
    sentences = judge_kecamatan(view) if relevant else []
    pilots, others = link_kecamatan(view, sentences)
    base = Facts(
        article=article.id,
        programme=chosen.id,
        extractor_version=extractor_version(vocabulary),
        relevant=relevant,
        regencies=link_regencies(view, context),
        pilot_kecamatan=pilots,
        other_kecamatan=others,
    )
    if not relevant:
        return Read(view, sentences, base)
    actors = Actors(view, context)
    agencies = link_agencies(view, actors)
    duties = link_responsibilities(view, context, agencies)
    quantities = link_quantities(view, context, pilots)
    facilities = link_facilities(view, context)
    scene = Scene(view, context, actors)
    claimed = list_claimed(pilots, others, facilities, quantities, duties)
    regencies = give_roles(scene, base.regencies, claimed)
    states = link_pillar_states(scene, regencies, facilities, quantities, duties)
    private = find_private(view)
    hidden = {words.printed for words in private}
    people = tuple(person for person in link_people(view, context) if person.name not in hidden)
    facts = replace(
        base,
        regencies=add_told(regencies, states),
        pillars=link_pillars(view),
        agencies=agencies,
        responsibilities=duties,
        people=people,
        quantities=quantities,
        events=link_events(view, context),
        facilities=facilities,
        trainings=link_trainings(view, context, agencies),
        pillar_states=states,
        private=(*private, *unlisted(view, people)),
    )
    return Read(view, sentences, facts)
