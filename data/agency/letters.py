"""Writes a brief down as clients do: in full, with gaps, as an e-mail, rigid or contradictory."""

import random

from data.agency.briefs import Brief, Need
from data.agency.material import (
    Slots,
    book,
    draw_slots,
    fill,
    phrases,
    stream,
)
from data.agency.style import day_in_words
from data.schema.words import LANGUAGES


def brief_row(brief: Brief, seed: int) -> dict[str, object]:
    """The brief as a row of the inbox, with the gaps of its form."""
    rng = stream(seed, "wording", brief.brief_id)
    index = LANGUAGES.index(brief.language)
    title = _title(brief, rng)
    description = _description(brief, rng)
    row: dict[str, object] = {
        "brief_id": brief.brief_id,
        "version": brief.version,
        "client_id": brief.client_id,
        "title": title,
        "description": description,
        "received_at": brief.received,
    }
    if brief.form == "prose":
        return row
    row |= {
        "language": brief.language,
        "function": brief.occupation.label[index],
        "sector": book("clients")["sectors"][brief.sector]["name"][index],
        "reason": brief.reason,
        "objectives": [aim[index] for aim in brief.aims],
        "must_have": _asked(brief, "must"),
        "should_have": _asked(brief, "should"),
        "nice_to_have": _asked(brief, "nice"),
        "languages": [
            f"{code}:{level}:required" if required else f"{code}:{level}"
            for code, (level, required) in brief.languages.items()
        ],
        "country": brief.place.country,
        "place": brief.place.name[index],
        "work_mode": "onsite" if brief.form == "contradictory" else brief.mode,
        "start_date": brief.start,
        "duration_months": brief.months,
        "days_per_week": brief.days,
        "day_rate_max_eur": brief.rate,
    }
    if brief.form == "partial":
        optional = ["function", "sector", "reason", "objectives", "nice_to_have", "work_mode"]
        optional += ["duration_months", "days_per_week", "day_rate_max_eur", "language"]
        for name in rng.sample(optional, 5):
            row.pop(name, None)
    return row


def _title(brief: Brief, rng: random.Random) -> str:
    title = brief.title[LANGUAGES.index(brief.language)]
    shape = book("briefs")["words"]["interim"][LANGUAGES.index(brief.language)]
    return str(shape.format(title=title)) if rng.random() < 0.6 else title


def _asked(brief: Brief, tier: str) -> list[str]:
    """The sentences of one tier; the years of experience open the musts."""
    index = LANGUAGES.index(brief.language)
    lines = [_need(need, index) for need in brief.needs if need.tier == tier]
    if tier == "must":
        slots: Slots = {"years": brief.years, "title": brief.title}
        lines.insert(0, fill(phrases("briefs", "words", "years")[0], slots, brief.language))
    if tier == "nice":
        sector = tuple(book("clients")["sectors"][brief.sector]["name"])
        lines.append(
            fill(phrases("briefs", "words", "sector")[0], {"sector": sector}, brief.language)
        )
    return lines


def _need(need: Need, index: int) -> str:
    if need.topic:
        return need.topic.need[index]
    shape = book("briefs")["words"]["tool"][need.wording][index]
    return str(shape.format(tool=need.tool))


def _description(brief: Brief, rng: random.Random) -> str:
    """The client's prose: why, what it demands, and for an e-mail everything else as well."""
    raw, index = book("briefs"), LANGUAGES.index(brief.language)
    slots: Slots = {
        "title": brief.title,
        "place": brief.place.name,
        "days": brief.days,
        "months": brief.months,
        "start": day_in_words(brief.start, brief.language),
        "rate": brief.rate,
    }

    def one_of(*keys: str) -> str:
        text = rng.choice(phrases("briefs", *keys))
        return fill(text, {**draw_slots(text[0], rng, {}), **slots}, brief.language)

    private = brief.sector not in ("public", "healthcare") and brief.place.country == "BE"
    who = rng.choice(("anybody", "company", "company")) if private else "anybody"
    sentences = [one_of("context", who), one_of("reasons", brief.reason)]
    for dimension, demand in brief.demand.items():
        if demand > 0.55 and rng.random() < 0.85:
            sentences.append(rng.choice(raw["demands"][dimension])[index])
    if brief.strength > 0.45 and rng.random() < 0.6:
        sentences.append(raw["words"]["hard_skill"][index])
    if brief.form == "rigid":
        sentences.append(raw["words"]["rigid"][index])
    if brief.form == "contradictory":
        sentences.append(raw["words"]["remote"][index])
    if rng.random() < 0.7:
        sentences.append(one_of("context", "practical"))
    if brief.form == "prose" and rng.random() < 0.5:
        sentences.append(fill(tuple(raw["words"]["rate"]), slots, brief.language))
    told = " ".join(sentences)
    if brief.form != "prose":
        return f"{brief.organisation}. {told}"
    return "\n".join(_letter(brief, one_of("prose", "ask"), told, rng))


def _letter(brief: Brief, ask: str, told: str, rng: random.Random) -> list[str]:
    raw, index = book("briefs"), LANGUAGES.index(brief.language)
    names = [book("cv")["languages"][code][index] for code in brief.languages]
    return [
        rng.choice(raw["greetings"]["open"])[index],
        "",
        ask,
        told,
        "",
        raw["words"]["needs"][index],
        *(f"- {line}" for line in [*_asked(brief, "must"), *_asked(brief, "should")]),
        f"{raw['words']['nice'][index]} {', '.join(_asked(brief, 'nice'))}",
        fill(
            phrases("briefs", "words", "languages")[0],
            {"languages": ", ".join(names)},
            brief.language,
        ),
        "",
        raw["words"]["aims"][index],
        *(f"- {aim[index]}" for aim in brief.aims),
        "",
        rng.choice(raw["greetings"]["close"])[index],
        rng.choice(raw["greetings"]["names"]),
    ]
