"""The shipped reader's int8 file -> weights to train on from, so that a further phase needs none before it.
Each column of a product comes back to within half a step of its scale (reduced range: 1/127 of
the column's largest weight); what was float32 comes back as it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

Floats = npt.NDArray[np.float32]


def restored(path: Path) -> dict[str, Floats]:
    """Names and shapes of :class:`eval.training.model.ReaderNet`'s parameters.

    Raises:
        ValueError: the file is none of the kinds that keep one product a node (``dynamic``, ``unsigned``,
            ``stored``, ``float32``).
    """
    model = onnx.load(path)
    held = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    found: dict[str, Floats] = {}
    for name, value in held.items():
        if name.endswith("_q") and f"{name[:-2]}_s" in held:
            whole = value.astype(np.float32) * held[f"{name[:-2]}_s"]
            if "." in name:
                found[name[:-2]] = whole
        elif not name.startswith("onnx::") and value.dtype == np.float32 and "." in name:
            found[name] = value
    for node in model.graph.node:
        if "MatMul" in node.op_type and node.name.endswith(("MatMul", "MatMul_quant")):
            weight = _product(node, held)
            if weight is not None:
                found[_parameter(node.name)] = np.ascontiguousarray(weight.T)
    missing = [
        n for n in ("layers.0.qkv.weight", "span.weight", "pool.weight", "can.weight") if n not in found
    ]
    if missing:
        raise ValueError(f"{path} does not hold {', '.join(missing)} as a reader's file does")
    return found


def _parameter(node: str) -> str:
    """``/layers.0/qkv/MatMul_quant`` -> ``layers.0.qkv.weight``."""
    return ".".join(node.strip("/").split("/")[:-1]) + ".weight"


def _product(node: Any, held: dict[str, npt.NDArray[Any]]) -> Floats | None:
    """(in, out), or None where both sides are activations."""
    found = _weight(node, held)
    return None if found is None else np.asarray(found, dtype=np.float32)


def _weight(node: Any, held: dict[str, npt.NDArray[Any]]) -> Any:
    name = node.input[1]
    base = name.removesuffix("_quantized")
    if name in held and base != name:
        zero = held[f"{base}_zero_point"].astype(np.float32)
        return (held[name].astype(np.float32) - zero) * held[f"{base}_scale"]
    if name.endswith("_w") and f"{name[:-2]}_q" in held:
        return held[f"{name[:-2]}_q"].astype(np.float32) * held[f"{name[:-2]}_s"]
    if name in held and held[name].ndim == 2:
        return held[name].astype(np.float32)
    return None
