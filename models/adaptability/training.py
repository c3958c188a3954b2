"""Fit the reader of sentences on data/sentences: closed-form kernel ridge, wording, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from data.schema.words import DIMENSIONS
from models.adaptability.lexical import lexical_features
from models.adaptability.reader import OUTPUTS, Reader, kernel, project
from models.adaptability.sentences import tidy

SENTENCES = Path(__file__).parents[2] / "data" / "sentences"


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """Few numbers, chosen by leaving out batches of other style (evaluation/LOG.md)."""

    axes: int = 128
    width: float = 1.0
    ridge: float = 0.2
    lexical_c: float = 2.0
    folds: int = 5
    caution: float = 0.5
    """Factor of the log-odds: real CVs differ more from our sentences than professions do."""
    told_rate: float = 0.08
    claimed_rate: float = 0.08
    """Shares of a real CV's sentences that tell or claim; the training sentences hold more."""


def read_sentences(folder: Path = SENTENCES) -> pl.DataFrame:
    """Return the training sentences: id, language, profession, text, dimension, evidence_level."""
    return pl.concat([pl.read_ndjson(path) for path in sorted(folder.glob("*.jsonl"))])


def fit_reader(
    sentences: pl.DataFrame,
    vectors: NDArray[np.float32],
    encoder_id: str,
    settings: TrainingSettings | None = None,
) -> Reader:
    """Fit on sentences and their passage vectors (n, d); the same input gives the same reader."""
    settings = settings or TrainingSettings()
    texts = training_texts(sentences)
    targets = training_targets(sentences)
    lexical = lexical_features(texts)
    held_out = _held_out(vectors, lexical, targets, sentences["profession"].to_list(), settings)
    centroid, axes, centres = _axes(vectors, settings.axes)
    wordings = [_fit_wording(lexical, targets[:, column], settings) for column in _WORDED]
    rates = (settings.told_rate, settings.claimed_rate)
    calibration = [
        settings.caution * _calibrate(scores, targets[:, column], rate)
        for scores, column, rate in zip(held_out, _WORDED, rates, strict=True)
    ]
    return Reader(
        encoder_id=encoder_id,
        trained_on=digest(sentences),
        centroid=centroid,
        axes=axes,
        centres=centres,
        weights=ridge_weights(centres, targets, settings),
        width=settings.width,
        lexical=np.array([weights for weights, _ in wordings], dtype=np.float32),
        lexical_bias=np.array([bias for _, bias in wordings], dtype=np.float32),
        calibration=np.array(calibration, dtype=np.float32),
    )


def digest(sentences: pl.DataFrame) -> str:
    """Return what names these training sentences and their labels, whatever their ids."""
    columns = sentences.select("language", "profession", "text", "dimension", "evidence_level")
    return sha256(columns.write_ndjson().encode()).hexdigest()[:16]


def training_texts(sentences: pl.DataFrame) -> list[str]:
    """Return the sentences as the encoder reads them."""
    return [tidy(text) for text in sentences["text"]]


_WORDED = (OUTPUTS.index("told"), OUTPUTS.index("claimed"))


def training_targets(sentences: pl.DataFrame) -> NDArray[np.float32]:
    """Return what the kernel machine learns, as in `reader.OUTPUTS`: (sentences, outputs)."""
    level = sentences["evidence_level"].to_numpy()
    dimension = sentences["dimension"].to_numpy()
    columns = [level >= 2, level == 3, level == 1, *(dimension == name for name in DIMENSIONS)]
    return np.stack(columns, axis=1).astype(np.float32)  # (n, outputs)


def _axes(
    vectors: NDArray[np.float32], count: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    centroid = vectors.mean(axis=0)
    centred = (vectors - centroid).astype(np.float64)
    _, basis = np.linalg.eigh(centred.T @ centred)
    axes = np.ascontiguousarray(basis[:, ::-1][:, :count], dtype=np.float32)
    return centroid, axes, project(vectors, centroid, axes)


def ridge_weights(
    centres: NDArray[np.float32], targets: NDArray[np.float32], settings: TrainingSettings
) -> NDArray[np.float32]:
    """Return (K + λI)⁻¹ Y, kernel ridge regression in closed form: (sentences, outputs)."""
    gram = kernel(centres, centres, settings.width).astype(np.float64)
    gram[np.diag_indices_from(gram)] += settings.ridge
    return np.linalg.solve(gram, targets.astype(np.float64)).astype(np.float32)


def _fit_wording(
    features: csr_matrix, target: NDArray[np.float32], settings: TrainingSettings
) -> tuple[NDArray[np.float64], float]:
    model = LogisticRegression(C=settings.lexical_c, max_iter=1000, class_weight="balanced")
    model.fit(features, target)
    return model.coef_[0], float(model.intercept_[0])


def _held_out(
    vectors: NDArray[np.float32],
    lexical: csr_matrix,
    targets: NDArray[np.float32],
    groups: Sequence[str],
    settings: TrainingSettings,
) -> NDArray[np.float64]:
    """Scores of each sentence by models that saw none of its profession: (2, n, 2)."""
    scores = np.zeros((len(_WORDED), len(groups), 2))
    for seen, unseen in GroupKFold(settings.folds).split(vectors, groups=groups):
        centroid, axes, centres = _axes(vectors[seen], settings.axes)
        weights = ridge_weights(centres, targets[seen], settings)
        outputs = (
            kernel(project(vectors[unseen], centroid, axes), centres, settings.width) @ weights
        )
        for row, column in enumerate(_WORDED):
            coefficients, bias = _fit_wording(lexical[seen], targets[seen][:, column], settings)
            scores[row, unseen, 0] = outputs[:, column]
            scores[row, unseen, 1] = lexical[unseen] @ coefficients + bias
    return scores


def _calibrate(
    scores: NDArray[np.float64], target: NDArray[np.float32], rate: float
) -> NDArray[np.float64]:
    """Platt scaling of both scores, moved from the share of the training set to the real one."""
    model = LogisticRegression(C=100.0, max_iter=1000).fit(scores, target)
    share = float(target.mean())
    shift = np.log(rate / (1 - rate)) - np.log(share / (1 - share))
    return np.array([*model.coef_[0], model.intercept_[0] + shift])
