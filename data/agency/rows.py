"""What the agency's own tables say of a candidate, beside the CV."""

import random
from datetime import date, timedelta

from data.agency.material import book
from data.agency.parameters import World
from data.agency.people import MODES, Person
from data.schema.words import LANGUAGES


def contact_row(person: Person) -> dict[str, object]:
    """How to reach a person."""
    return {
        "candidate_id": person.candidate_id,
        "name": f"{person.first} {person.last}",
        "email": person.email,
        "phone": person.phone,
    }


def candidate_row(
    person: Person, headline: str, busy_until: date | None, world: World, rng: random.Random
) -> dict[str, object]:
    """The fields of a person but the CV; each may be empty."""
    index, as_of = LANGUAGES.index(person.cv_language), world.as_of
    sectors = book("clients")["sectors"]
    updated = as_of - timedelta(days=min(700, int(rng.expovariate(1 / 120))))
    fields: dict[str, object] = {
        "headline": headline,
        "languages": [
            f"{code}:{'C2' if level == 'native' else level}"
            for code, level in person.languages.items()
        ],
        "country": person.place.country,
        "place": person.place.name[index],
        "max_distance_km": rng.choice((30, 40, 50, 60, 80, 100, 150)),
        "work_modes": rng.choice(MODES),
        "available_from": busy_until or as_of + timedelta(days=rng.randint(-20, 14)),
        "day_rate_eur": person.day_rate,
        "sectors": [sectors[sector]["name"][index] for sector in person.sectors],
        "licences": ["B"] if rng.random() < 0.8 else [],
        "last_contact": updated + timedelta(days=rng.randint(0, max(0, (as_of - updated).days))),
        "updated_at": updated,
    }
    return {k: v for k, v in fields.items() if rng.random() >= world.market.missing}
