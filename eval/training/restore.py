"""The shipped reader's int8 file -> weights to train on from, so that a further phase needs none before it.

    python -m eval.training.restore FILE.onnx --backbone model.safetensors --out RUN/last.pt

Word embeddings are frozen in training, so they are the backbone's own. Each column of a product comes back
to within half a step of its scale (reduced range: 1/127 of the column's largest weight); what was float32
comes back as it was.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from eval.training.model import ReaderNet, load_backbone

Floats = npt.NDArray[np.float32]


def restored(path: Path) -> dict[str, Floats]:
    """Names and shapes of :class:`eval.training.model.ReaderNet`'s parameters.

    Raises:
        ValueError: the file is none of the kinds that keep one product a node (``dynamic``, ``unsigned``,
            ``smoothed``, ``stored``, ``float32``).
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
    """(in, out), or None where both sides are activations. What was smoothed is put back: the activations
    of each input column were multiplied by what its weights were divided by."""
    found = _weight(node, held)
    if found is None:
        return None
    smoothed = held.get(f"{node.name.removesuffix('_quant')}_r")
    return np.asarray(found if smoothed is None else found * smoothed[:, None], dtype=np.float32)


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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--backbone", type=Path, required=True, help="all-MiniLM-L6-v2 as model.safetensors")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    net = ReaderNet()
    load_backbone(net, given.backbone)
    wanted = set(net.state_dict()) - {"words.weight"}
    found = {name: torch.tensor(value) for name, value in restored(given.file).items() if name in wanted}
    if left := wanted - set(found):
        raise SystemExit(f"{given.file} lacks {', '.join(sorted(left))}")
    net.load_state_dict(found, strict=False)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), given.out)


if __name__ == "__main__":
    main()
