"""A BERT text encoder written as an OpenVINO graph, because tracing one costs more than it saves.

The graph takes token ids and their mask, and returns mean-pooled, L2-normalised vectors. Its
linear layers hold int8 weights (one scale an output row); OpenVINO quantises the activations as
it goes, in groups of `GROUP` values, so that nothing has to be calibrated.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset13 as op

GROUP = 384
_ATTENTION = "attention.self."


def build_graph(
    weights: Mapping[str, NDArray[np.float32]], *, heads: int, epsilon: float, int8: bool
) -> ov.Model:
    """Build the graph of a BertModel's state dict with absolute positions and GELU.

    Inputs: `ids` and `mask`, int64, (batch, tokens). Output: float32, (batch, hidden).
    """
    maker = _Maker(weights, epsilon=epsilon, int8=int8)
    layers = 1 + max(int(n.split(".")[2]) for n in weights if n.startswith("encoder.layer."))
    ids = op.parameter([-1, -1], np.int64, name="ids")
    mask = op.parameter([-1, -1], np.int64, name="mask")
    seen = op.convert(mask, "f32")
    keys = op.unsqueeze(seen, op.constant([1, 2]))
    bias = op.multiply(op.subtract(_constant(1.0), keys), _constant(-1e4))
    hidden = maker.embed(ids)
    for layer in range(layers):
        hidden = maker.layer(hidden, bias, f"encoder.layer.{layer}.", heads)
    column = op.unsqueeze(seen, op.constant(2))
    total = op.reduce_sum(op.multiply(hidden, column), op.constant(1))
    mean = op.divide(total, op.reduce_sum(column, op.constant(1)))
    vectors = op.normalize_l2(mean, op.constant([1]), 1e-12, "max")
    return ov.Model([vectors], [ids, mask])


class _Maker:
    def __init__(
        self, weights: Mapping[str, NDArray[np.float32]], *, epsilon: float, int8: bool
    ) -> None:
        self._weights = weights
        self._epsilon = epsilon
        self._int8 = int8

    def embed(self, ids: ov.Node) -> ov.Node:
        table = self._weights["embeddings.position_embeddings.weight"]
        # Every text is of token type 0, so its row joins the positions.
        table = table + self._weights["embeddings.token_type_embeddings.weight"][0]
        length = op.gather(op.shape_of(ids), op.constant([1]), op.constant(0))
        one, zero = op.constant([1]), op.constant([0])
        positions = op.slice(_constant(table), zero, length, one, zero)
        words = _constant(self._weights["embeddings.word_embeddings.weight"])
        return self._norm(
            op.add(op.gather(words, ids, op.constant(0)), positions), "embeddings.LayerNorm"
        )

    def layer(self, hidden: ov.Node, bias: ov.Node, prefix: str, heads: int) -> ov.Node:
        width = self._weights[prefix + "attention.output.dense.bias"].shape[0]
        # One product for query, key and value: the larger the product, the fuller the core.
        three = self._linear(hidden, *(prefix + _ATTENTION + n for n in ("query", "key", "value")))
        split = op.reshape(three, op.constant([0, 0, 3, heads, width // heads]), True)
        split = op.transpose(split, op.constant([2, 0, 3, 1, 4]))
        parts = [op.gather(split, op.constant(i), op.constant(0)) for i in range(3)]
        mixed = op.transpose(
            op.scaled_dot_product_attention(*parts, bias), op.constant([0, 2, 1, 3])
        )
        mixed = op.reshape(mixed, op.constant([0, 0, width]), True)
        mixed = self._linear(mixed, prefix + "attention.output.dense")
        hidden = self._norm(op.add(hidden, mixed), prefix + "attention.output.LayerNorm")
        wide = op.gelu(self._linear(hidden, prefix + "intermediate.dense"), "erf")
        narrow = self._linear(wide, prefix + "output.dense")
        return self._norm(op.add(hidden, narrow), prefix + "output.LayerNorm")

    def _linear(self, inputs: ov.Node, *names: str) -> ov.Node:
        matrix = np.concatenate([self._weights[n + ".weight"] for n in names])  # (out, in)
        shift = np.concatenate([self._weights[n + ".bias"] for n in names])
        weight = _quantised(matrix) if self._int8 else _constant(matrix)
        return op.add(op.matmul(inputs, weight, False, True), _constant(shift))

    def _norm(self, inputs: ov.Node, name: str) -> ov.Node:
        flat = op.mvn(inputs, op.constant([-1]), True, self._epsilon, "inside_sqrt")
        scaled = op.multiply(flat, _constant(self._weights[name + ".weight"]))
        return op.add(scaled, _constant(self._weights[name + ".bias"]))


def _quantised(matrix: NDArray[np.float32]) -> ov.Node:
    scale = np.abs(matrix).max(axis=1, keepdims=True) / 127
    # A row of zeros has no scale of its own.
    scale[scale == 0] = 1
    rounded = np.round(matrix / scale).astype(np.int8)
    return op.multiply(op.convert(op.constant(rounded), "f32"), _constant(scale))


def _constant(values: Any) -> ov.Node:  # noqa: ANN401
    return op.constant(np.ascontiguousarray(values, dtype=np.float32))
