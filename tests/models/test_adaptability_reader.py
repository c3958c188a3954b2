import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data.errors import InputError
from models.adaptability.joining import with_pairs
from models.adaptability.lexical import WIDTH, lexical_features
from models.adaptability.reader import OUTPUTS, kernel
from models.adaptability.saved import FOLDER, ReaderFiles, load_reader, save_reader
from models.adaptability.training import (
    TrainingSettings,
    digest,
    fit_reader,
    read_sentences,
    training_targets,
    training_texts,
)


def vectors_of(texts: list[str], size: int = 48) -> np.ndarray:
    """Bags of hashed words: enough meaning to learn from, and no model to load."""
    projection = np.random.default_rng(0).normal(size=(WIDTH, size))
    vectors = lexical_features(texts) @ projection
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def small():
    sentences = read_sentences().filter(language="nl")
    texts = training_texts(sentences)
    reader = fit_reader(sentences, vectors_of(texts), "toy", TrainingSettings(axes=32, folds=2))
    return sentences, texts, reader


def test_told_sentences_read_higher_than_duties(small) -> None:
    sentences, texts, reader = small
    told = reader.read(texts, vectors_of(texts)).told
    level = sentences["evidence_level"].to_numpy()

    assert told[level >= 2].mean() > 2 * told[level == 0].mean()


def test_fitting_twice_gives_the_same_reader(small) -> None:
    sentences, texts, reader = small
    again = fit_reader(sentences, vectors_of(texts), "toy", TrainingSettings(axes=32, folds=2))

    np.testing.assert_array_equal(again.weights, reader.weights)
    np.testing.assert_array_equal(again.calibration, reader.calibration)


def test_a_saved_reader_reads_as_before(small, tmp_path: Path) -> None:
    _, texts, reader = small
    save_reader(reader, tmp_path)
    loaded = load_reader("toy", tmp_path)

    before = reader.read(texts, vectors_of(texts)).told
    after = loaded.read(texts, vectors_of(texts)).told
    assert np.abs(before - after).max() < 0.02


def test_another_encoder_is_told_how_to_fit_anew(small, tmp_path: Path) -> None:
    save_reader(small[2], tmp_path)

    with pytest.raises(InputError, match=r"python -m models.adaptability.train"):
        load_reader("other", tmp_path)


def test_the_saved_reader_is_what_the_training_sentences_give() -> None:
    facts = json.loads((FOLDER / ReaderFiles().facts).read_text(encoding="utf-8"))
    saved = load_reader(facts["encoder_id"])
    sentences = with_pairs(read_sentences())
    some = slice(None, None, 10)
    fitted = kernel(saved.centres[some], saved.centres, saved.width) @ saved.weights
    fitted += TrainingSettings().ridge * saved.weights[some]  # (K + λI) W = Y

    assert saved.trained_on == digest(sentences)
    np.testing.assert_allclose(fitted, training_targets(sentences)[some], atol=0.03)


def test_a_pair_tells_what_its_better_part_tells() -> None:
    rows = [
        ("1", "IFRS reporting for two plants", "none", 0),
        ("2", "Took over payroll at a day's notice", "emergency", 2),
    ]
    schema = ["id", "text", "dimension", "evidence_level"]
    sentences = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        language=pl.lit("en"), profession=pl.lit("controller")
    )
    pair = with_pairs(sentences).row(2, named=True)

    assert set(pair["text"].split(" and ")) <= {
        "IFRS reporting for two plants",
        "Took over payroll at a day's notice",
        "took over payroll at a day's notice",
    }
    assert (pair["dimension"], pair["evidence_level"]) == ("emergency", 2)


def test_wording_alone_keeps_most_told_sentences_for_embedding(small) -> None:
    sentences, texts, reader = small
    kept = reader.worth_embedding(texts)

    assert kept[sentences["evidence_level"].to_numpy() >= 2].mean() > 0.9
    assert not reader.worth_embedding([]).size


def test_outputs_hold_told_result_claimed_and_the_dimensions() -> None:
    assert OUTPUTS[:3] == ("told", "result", "claimed")
    assert len(OUTPUTS) == 3 + 7
