import numpy as np

from models.blend import BAND, bands


def test_a_band_holds_what_is_near_its_first() -> None:
    scores = np.array([0.8, 0.8 - BAND / 2, 0.8 - 2 * BAND, 0.8 - 2.5 * BAND])
    assert bands(scores).tolist() == [1, 1, 2, 2]


def test_nobody_has_no_band() -> None:
    assert bands(np.zeros(0)).tolist() == []
