"""Smoothing (SmoothQuant, Xiao et al. 2023, arXiv:2211.10438): a product in int8 arithmetic has one scale for
all of its activations, which a few channels far larger than the others spoil. Each channel is divided by
``max|x|^a / max|w|^(1 - a)`` before the product and its weights are multiplied by the same, so that the
product is what it was and both sides can be rounded. A layer norm's output is read by the residual path too,
so the division is a product of its own and not folded into the norm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

Floats = npt.NDArray[np.float32]
Names = Sequence[str]

ALPHA = 0.6
ALPHA_DOWN = 0.8  # of the last product of a layer, whose input (after GELU) is the most uneven
LEAST = 1e-5  # of a maximum
TEXT = 600  # characters of a text that activations are measured on


def texts_of(folder: Path, most: int = 150) -> list[str]:
    """Pieces of the text files below ``folder``, spread evenly over all of them."""
    pieces = [
        text[at : at + TEXT]
        for path in sorted(folder.rglob("*.txt"))
        for text in [path.read_text("utf-8", errors="replace")]
        for at in range(0, len(text), TEXT)
    ]
    return pieces[:: max(1, len(pieces) // most)][:most]


def largest(model: onnx.ModelProto, products: Names, feeds: Sequence[Mapping[str, Any]]) -> dict[str, Floats]:
    """The greatest absolute value of each channel of what each product multiplies, over ``feeds``."""
    import onnxruntime

    probe = onnx.ModelProto.FromString(model.SerializeToString())
    inputs = {n.name: n.input[0] for n in probe.graph.node if n.name in set(products)}
    wanted = sorted(set(inputs.values()))
    probe.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in wanted)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, Floats] = {}
    for feed in feeds:
        for name, value in zip(wanted, session.run(wanted, dict(feed)), strict=True):
            here = np.abs(value).reshape(-1, value.shape[-1]).max(0)
            found[name] = np.maximum(found.get(name, here), here)
    return {product: found[name] for product, name in inputs.items()}


def smoothed(model: onnx.ModelProto, products: Names, activations: Mapping[str, Floats]) -> onnx.ModelProto:
    """The same net, its ``products`` (four a layer, the down projection last) ready to be rounded."""
    model = onnx.ModelProto.FromString(model.SerializeToString())
    weights = {i.name: i for i in model.graph.initializer}
    nodes: list[onnx.NodeProto] = []
    fresh: dict[str, Floats] = {}
    for node in model.graph.node:
        if node.name in activations:
            alpha = ALPHA_DOWN if products.index(node.name) % 4 == 3 else ALPHA
            given, kept = node.input
            weight = numpy_helper.to_array(weights[kept])
            scale = _scale(activations[node.name], np.abs(weight).max(1), alpha)
            fresh[kept], fresh[f"{node.name}_r"] = weight * scale[:, None], np.reciprocal(scale)
            nodes.append(helper.make_node("Mul", [given, f"{node.name}_r"], [f"{node.name}_x"]))
            node.input[0] = f"{node.name}_x"
        nodes.append(node)
    rest = [i for i in model.graph.initializer if i.name not in fresh]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend([*rest, *(numpy_helper.from_array(v, n) for n, v in fresh.items())])
    return model


def _scale(activation: Floats, weight: Floats, alpha: float) -> Floats:
    """One a channel, their geometric mean 1."""
    scale = np.maximum(activation, LEAST) ** alpha / np.maximum(weight, LEAST) ** (1 - alpha)
    return np.asarray(scale / np.exp(np.log(scale).mean()), dtype=np.float32)
