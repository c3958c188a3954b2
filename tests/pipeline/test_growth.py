from models.matching import match
from pipeline.benchmarks.growth import measure
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
