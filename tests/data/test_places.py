"""Places and distances of this market."""

import numpy as np
import pytest

from data.places import distance_km, distances_km, find_place, points_of


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [  # road atlases and the GeoNames points agree within a few km
        (("BE", "Brussels"), ("BE", "Antwerpen"), 41),
        (("BE", "Bruxelles"), ("BE", "Luik"), 89),
        (("BE", "Gent"), ("BE", "Brugge"), 39),
        (("BE", "Brussels"), ("LU", "Luxembourg"), 187),
        (("BE", "Brussel"), ("FR", "Parijs"), 264),
        (("BE", "Hasselt"), ("DE", "Aix-la-Chapelle"), 55),
        (("BE", "Antwerp"), ("NL", "Rotterdam"), 78),
        (("BE", "Brüssel"), ("GB", "Londen"), 320),
    ],
)
def test_known_distances(here, there, km):
    assert distance_km(*here, *there) == pytest.approx(km, abs=4)
    assert distance_km(*there, *here) == distance_km(*here, *there)


@pytest.mark.parametrize(
    "names",
    [
        ("Liège", "Luik", "Lüttich", "LIEGE", "4000 Liège", "Liège (BE)", "région de Liège"),
        ("Mons", "Bergen", "7000 Mons", "Mons, Belgium"),
        ("Antwerp", "Anvers", "Antwerpen", "Antwerpen / Mechelen"),
        ("Sint-Niklaas", "St-Niklaas", "9100 St. Niklaas"),
        ("Braine-l'Alleud", "Eigenbrakel"),
    ],
)
def test_names_of_one_place(names):
    assert (
        len(
            {
                (place.latitude, place.longitude)
                for name in names
                if (place := find_place("BE", name))
            }
        )
        == 1
    )
    assert all(find_place("BE", name) for name in names)


def test_a_province_stands_for_its_middle():
    place = find_place("BE", "Vlaams-Brabant")
    assert place is not None
    assert place.kind == "province"
    assert distance_km("BE", "Brabant flamand", "BE", "Leuven") < 15


def test_a_name_in_several_countries():
    found = {country: find_place(country, "Limburg") for country in ("BE", "NL", None)}
    assert [place.country for place in found.values() if place] == ["BE", "NL", "BE"]
    assert [find_place(code, "Luxembourg").country for code in ("BE", "LU", None)] == [
        "BE",
        "LU",
        "LU",
    ]
    assert find_place(None, "Lille").country == "FR"
    assert find_place("NO", "Bergen").country == "NO"


@pytest.mark.parametrize(
    "place", ["Belgium", "België", "national", "International", "Europe", "On site", "?", None]
)
def test_what_is_no_point_has_no_distance(place):
    assert distance_km("BE", place, "BE", "Gent") is None


@pytest.mark.parametrize("place", ["remote", "Télétravail", "op afstand", "Home office"])
def test_remote_work_is_near_everybody(place):
    assert distance_km("BE", place, "BE", "Gent") == 0.0


def test_a_place_that_nobody_knows_has_no_distance():
    assert distance_km("BE", "Xyzzy", "BE", "Gent") is None


def test_many_distances_are_those_of_the_pairs():
    points = points_of(["BE", "BE", None], ["Gent", "Luik", None])
    table = distances_km(points, points[:2])
    assert table.shape == (3, 2)
    assert np.isnan(table[2]).all()
    assert table[0, 0] == 0.0
    assert table[0, 1] == distance_km("BE", "Gent", "BE", "Luik")


def test_a_quarter_of_the_equator():
    quarter = distances_km(np.array([[0.0, 0.0]]), np.array([[0.0, 90.0]]))
    assert quarter[0, 0] == pytest.approx(np.pi / 2 * 6371.0088)
