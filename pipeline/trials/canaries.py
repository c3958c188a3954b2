"""Personal data with marks in it: none reaches what is embedded, and none moves a score."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from data.cv.read import read_cv
from pipeline.trials.count import Count
from pipeline.trials.world import publish_night, write_inbox

_FIRST: Final = ("Zephyrine", "Quillon", "Ysolde", "Thaddeus", "Wilhelmina", "Casimir")
_LAST: Final = ("Quillfeather", "Vandenzwalm", "Obrechtov", "Marchebois", "Hinterwald", "Nkemelu")
_HEADERS: Final = {
    "en": "Gender: {gender}\nDate of birth: {born}\nNationality: {nation}\n"
    "National number: {number}",
    "nl": "Geslacht: {gender}\nGeboortedatum: {born}\nNationaliteit: {nation}\n"
    "Rijksregisternummer: {number}",
    "fr": "Sexe : {gender}\nDate de naissance : {born}\nNationalité : {nation}\n"
    "Numéro national : {number}",
    "de": "Geschlecht: {gender}\nGeburtsdatum: {born}\nStaatsangehörigkeit: {nation}\n"
    "Nationalnummer: {number}",
}
_GENDERS: Final = {
    "en": ("Female", "Male"),
    "nl": ("Vrouw", "Man"),
    "fr": ("Femme", "Homme"),
    "de": ("Weiblich", "Männlich"),
}
_NATIONS: Final = ("Bhutanese", "Tuvaluan", "Andorran", "Samoan")
_GRADUATION: Final = {
    "en": ("Education", "Master in economics"),
    "nl": ("Opleiding", "Master economie"),
    "fr": ("Formation", "Master en économie"),
    "de": ("Ausbildung", "Master Wirtschaft"),
}


def canaries(folder: Path, *, cvs: int, seed: int) -> Iterator[Count]:
    """Read CVs with marked personal data, one count a kind; then swap it and rank again."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    write_inbox(folder / "inbox", candidates=24)
    bodies = pl.read_csv(folder / "inbox" / "candidates.csv", infer_schema=False)["cv_text"]
    kept: dict[str, int] = {}
    for number in range(cvs):
        language = draw.choice(list(_HEADERS))
        text, marks = _marked(bodies[number % len(bodies)], language, draw)
        cv = read_cv(text)
        roles = cv.experiences.select(pl.col(pl.String).fill_null("")).rows()
        read = "\n".join([cv.text, *cv.passages["text"], *map(str, roles)])
        for kind, words in marks.items():
            kept[kind] = kept.get(kind, 0) + (not any(word in read for word in words))
    for kind, held in kept.items():
        yield Count(what=f"marked {kind} reaches no passage", tried=cvs, held=held)
    yield _swapped(folder, draw)


def _marked(body: str, language: str, draw: random.Random) -> tuple[str, dict[str, list[str]]]:
    """A CV with a header full of personal data, and the marks by their kind."""
    first, last = draw.choice(_FIRST), draw.choice(_LAST)
    born = f"{draw.randrange(10, 28)}/{draw.randrange(10, 12)}/{draw.randrange(1955, 1990)}"
    number = f"{draw.randrange(55, 90)}.{draw.randrange(10, 12)}.{draw.randrange(10, 28)}-123.45"
    phone = f"+32 4{draw.randrange(70, 99)} {draw.randrange(10, 99)} 37 {draw.randrange(10, 99)}"
    gender, nation = draw.choice(_GENDERS[language]), draw.choice(_NATIONS)
    street, mail = f"Zwaluwvlinderstraat {draw.randrange(1, 300)}", f"{first}.{last}@mail.example"
    year = str(draw.randrange(1931, 1949))  # no other year of a CV
    header = _HEADERS[language].format(gender=gender, born=born, nation=nation, number=number)
    heading, degree = _GRADUATION[language]
    lines = (
        f"{first} {last}\n{header}\n{street}, 9000 Gent\n{mail.lower()}\n{phone}\n"
        f"https://photos.example/{first.lower()}.jpg\n\n{body}\n\n{heading}\n{degree}, {year}\n"
    )
    return lines, {
        "name": [first, last],
        "gender": [header.split("\n")[0]],
        "birth date": [born],
        "nationality": [nation],
        "national number": [number],
        "address": [street],
        "contacts": [mail.lower(), phone],
        "photo": [f"{first.lower()}.jpg"],
        "graduation year": [year],
    }


def _swapped(folder: Path, draw: random.Random) -> Count:
    """The same candidates with other personal data twice: every score and component is equal."""
    table = pl.read_csv(folder / "inbox" / "candidates.csv", infer_schema=False)
    languages = draw.choices(list(_HEADERS), k=table.height)
    longlists = []
    for _ in range(2):
        texts = [
            _marked(body, language, draw)[0]
            for body, language in zip(table["cv_text"], languages, strict=True)
        ]
        told = table.with_columns(cv_text=pl.Series(texts))
        told.write_csv(folder / "inbox" / "candidates.csv")
        night = publish_night(folder / "inbox", folder / "runs")
        longlists.append(pl.read_parquet(night / "longlist.parquet").sort("brief_id", "rank"))
    one, other = longlists
    same = sum(a == b for a, b in zip(one.iter_rows(), other.iter_rows(), strict=False))
    what = "pairs whose every figure stays when all personal data is swapped"
    return Count(what=what, tried=max(one.height, other.height), held=same)
