"""The network: MiniLM-L6 (a BERT encoder of 6 layers, 384 wide, 12 heads) with two heads.

Shapes: B pairs, T tokens, H = 384. Weights come from sentence-transformers/all-MiniLM-L6-v2 in float32.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
POSITIONS, VOCABULARY = 512, 30522
EPSILON = 1e-12


class Layer(nn.Module):
    """One encoder layer after Vaswani et al. 2017, norm after the sum as in BERT (Devlin et al. 2019)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``bias``: (B, 1, 1, T), 0 where a token may be seen and very low where not."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        mixed = self.out(seen.transpose(1, 2).reshape(b, t, WIDTH))
        x = self.norm1(x + F.dropout(mixed, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        out: Tensor = self.norm2(x + F.dropout(inner, self.dropout, self.training))
        return out


class ReaderNet(nn.Module):
    """Start and end logits over all tokens (the null stands at [CLS]) and a logit "can be answered"."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.span = nn.Linear(WIDTH, 2)
        self.pool = nn.Linear(WIDTH, WIDTH)
        self.can = nn.Linear(WIDTH, 1)
        self.dropout = dropout
        self.words.weight.requires_grad_(False)

    def set_dropout(self, share: float) -> None:
        self.dropout = share
        for layer in self.layers:
            layer.dropout = share  # type: ignore[assignment]

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Three int64 tensors (B, T) -> start (B, T), end (B, T), answerable (B,)."""
        x = self.hidden(input_ids, attention_mask, token_type_ids)
        start, end = self.span(x).unbind(-1)
        pooled = F.dropout(torch.tanh(self.pool(x[:, 0])), self.dropout, self.training)
        return start, end, self.can(pooled).squeeze(-1)

    def hidden(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Three int64 tensors (B, T) -> token vectors (B, T, H)."""
        position = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.norm(self.words(input_ids) + self.positions(position) + self.kinds(token_type_ids))
        x = F.dropout(x, self.dropout, self.training)
        bias = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Encoder(nn.Module):
    """A net without its heads: token vectors (B, T, H)."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        return self.net.hidden(input_ids, attention_mask, token_type_ids)


def load_backbone(net: ReaderNet, path: Path) -> None:
    """Fills the encoder from a safetensors file with Hugging Face's names for BERT."""
    from safetensors.torch import load_file

    given = {name.removeprefix("bert."): value for name, value in load_file(str(path)).items()}
    renamed: dict[str, Any] = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"],
        "kinds.weight": given["embeddings.token_type_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for k in range(LAYERS):
        for kind in ("weight", "bias"):
            source = f"encoder.layer.{k}."
            parts = [given[f"{source}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            renamed[f"layers.{k}.qkv.{kind}"] = torch.cat(parts)
            renamed[f"layers.{k}.out.{kind}"] = given[f"{source}attention.output.dense.{kind}"]
            renamed[f"layers.{k}.norm1.{kind}"] = given[f"{source}attention.output.LayerNorm.{kind}"]
            renamed[f"layers.{k}.up.{kind}"] = given[f"{source}intermediate.dense.{kind}"]
            renamed[f"layers.{k}.down.{kind}"] = given[f"{source}output.dense.{kind}"]
            renamed[f"layers.{k}.norm2.{kind}"] = given[f"{source}output.LayerNorm.{kind}"]
    missing = net.load_state_dict(renamed, strict=False)
    if missing.unexpected_keys or {n.split(".")[0] for n in missing.missing_keys} - {"span", "pool", "can"}:
        raise ValueError(f"{path} does not hold MiniLM-L6: {missing}")
