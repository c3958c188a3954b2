import xml.etree.ElementTree as ET

import pytest

from evaluation.curves import axis, curve


def test_a_curve_is_well_formed_and_escapes_its_labels():
    drawn = curve([0, 1, 2], [1, 3, 2], across="a < b", up="y", low=[0, 2, 1], high=[2, 4, 3])
    root = ET.fromstring(drawn)  # noqa: S314
    assert len(root.findall("circle")) == 3
    assert len(root.find("polygon").get("points").split()) == 6
    assert "a < b" in [text.text for text in root.findall("text")]


def test_higher_is_up_and_further_is_right():
    places = ET.fromstring(curve([0, 1], [0, 1], across="x", up="y")).find("polyline")  # noqa: S314
    (left, low), (right, high) = (map(float, p.split(",")) for p in places.get("points").split())
    assert left < right
    assert low > high


def test_a_point_is_marked():
    drawn = curve([0, 1], [0, 1], across="x", up="y", mark=(0.5, 0.5))
    assert drawn.count("<circle") == 3


def test_an_axis_of_one_value_has_room():
    own = axis("x", [1.0])
    assert own.low < 1 < own.high
    assert own.share(1.0) == pytest.approx(0.5)


@pytest.mark.parametrize("wrong", [([], []), ([0], [0, 1])])
def test_points_must_be_complete(wrong):
    with pytest.raises(ValueError, match="as many x as y"):
        curve(*wrong, across="x", up="y")
