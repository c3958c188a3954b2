import json

import numpy as np
import pytest

from data.schema.words import LANGUAGES
from models.centring import centre, load_centroids, reference, save_centroids

CENTROIDS = {
    ("en", "passage"): np.array([1, 0, 0], np.float32),
    ("fr", "passage"): np.array([0, 1, 0], np.float32),
}


def test_a_shared_subject_survives_and_the_language_goes():
    english, french = [1, 0, 2], [0, 1, 2]
    centred = centre(np.array([english, french]), ["en", "fr"], "passage", CENTROIDS)
    assert centred.tolist() == [[0, 0, 1], [0, 0, 1]]


def test_an_unknown_language_loses_the_mean_of_all():
    centred = centre(np.array([[0.5, 0.5, 3]]), ["xx"], "passage", CENTROIDS)
    assert centred.tolist() == [[0, 0, 1]]


def test_rows_stay_of_unit_length_and_the_input_is_left_alone(rng_vectors):
    before = rng_vectors.copy()
    centred = centre(rng_vectors, ["en"] * len(before), "passage", CENTROIDS)
    assert np.allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-6)
    assert np.array_equal(rng_vectors, before)


def test_a_row_that_is_its_centroid_becomes_zero_not_nan():
    assert centre(np.array([[1.0, 0, 0]]), ["en"], "passage", CENTROIDS).tolist() == [[0, 0, 0]]


def test_no_rows_give_no_rows():
    assert centre(np.empty((0, 3)), [], "passage", CENTROIDS).shape == (0, 3)


def test_every_row_needs_a_language():
    with pytest.raises(ValueError, match="needs a language"):
        centre(np.ones((2, 3)), ["en"], "passage", CENTROIDS)


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_the_reference_tells_the_same_in_every_language(kind):
    lengths = {language: len(reference(language, kind)) for language in LANGUAGES}
    assert len(set(lengths.values())) == 1
    assert len(set(reference("en", kind))) == lengths["en"]


def test_saved_centroids_come_back_for_their_encoder_alone(tiny_encoder, tmp_path):
    save_centroids(tiny_encoder, tmp_path)
    saved = json.loads((tmp_path / "centroids.json").read_text())
    assert saved == {"encoder": tiny_encoder.id, "dimension": tiny_encoder.dimension}
    own = load_centroids(tiny_encoder, tmp_path)
    (tmp_path / "centroids.json").write_text(json.dumps(saved | {"encoder": "another"}))
    made = load_centroids(tiny_encoder, tmp_path)
    assert own.keys() == made.keys()
    assert all(np.array_equal(own[key], made[key]) for key in own)


@pytest.fixture
def rng_vectors():
    vectors = np.random.default_rng(0).normal(size=(5, 3))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
