import numpy as np
import pytest

from models.matching import match
from pipeline.benchmarks.growth import Watch, measure
from pipeline.benchmarks.made import PASSAGES, HalfVectors, made_asked, made_pool


def test_a_made_pool_can_be_matched(tmp_path):
    pool = made_pool(20, HalfVectors(tmp_path / "vectors.npy", 20 * PASSAGES))
    texts = dict(pool.documents.select("candidate_id", "text").iter_rows())
    for row in pool.passages.head(40).iter_rows(named=True):
        quoted = texts[row["candidate_id"]][row["start_char"] : row["end_char"]]
        assert quoted == row["text"]
    matches = match(pool, made_asked(2))
    assert len(matches.by_brief) == 2
    assert len(matches.ground.ids) == 20


def test_scoring_is_measured_beside_the_bare_product():
    told = measure("score", 50, 2)
    assert told["candidates"] == 50
    assert {"ours", "product", "ratio"} <= told.keys()
    assert told["held_most_mb"] > 0


def test_a_watch_sees_what_is_held_for_a_moment_and_no_mapped_file(tmp_path):
    vectors = HalfVectors(tmp_path / "vectors.npy", 20_000)  # 15 MB, all mapped
    with Watch() as without:
        vectors[np.arange(100)]
    with Watch() as watch:
        some = np.ones(25_000_000, np.float32)  # 100 MB
    assert some.nbytes == 100_000_000
    assert watch.most - without.most == pytest.approx(100, abs=20)
