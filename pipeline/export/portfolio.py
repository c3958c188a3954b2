"""Who would go where, and who is wanted by several briefs: the shortlists seen together."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.export.shortlist import Elsewhere, Person, Shortlist


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A candidate on several shortlists, with the place on each, the best first."""

    person: Person
    places: tuple[Elsewhere, ...]


def given_up(shortlist: Shortlist) -> Decimal | None:
    """Points between the first of a shortlist and whom the portfolio proposes, if anybody."""
    sent = [e.score for e in shortlist.explanations if e.proposed]
    return shortlist.explanations[0].score - sent[0] if sent else None


def wanted(shortlists: Iterable[Shortlist]) -> tuple[Wanted, ...]:
    """Everybody on more than one shortlist, the most wanted first, then by the best place."""
    people: dict[str, Wanted] = {}
    for shortlist in shortlists:
        for e in shortlist.explanations:
            if e.also_on and e.person.candidate_id not in people:
                here = Elsewhere(
                    brief_id=e.brief_id,
                    title=shortlist.brief.title,
                    rank=e.rank,
                    proposed=e.proposed,
                )
                places = sorted((here, *e.also_on), key=lambda place: (place.rank, place.brief_id))
                people[e.person.candidate_id] = Wanted(person=e.person, places=tuple(places))
    return tuple(
        sorted(
            people.values(),
            key=lambda each: (-len(each.places), each.places[0].rank, each.person.candidate_id),
        )
    )
