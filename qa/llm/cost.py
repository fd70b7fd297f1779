"""Tokens -> money, and the budget that is asked before every call."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from qa.errors import BudgetExceeded
from qa.types import Tokens

_PATH = Path(__file__).parent.parent / "data" / "prices.json"
CHARS_A_TOKEN = 2.5  # cautious: English has about four, other scripts fewer


@lru_cache(maxsize=1)
def _table() -> dict[str, list[float]]:
    return dict(json.loads(_PATH.read_text("utf-8"))["prices"])


class Price:
    """US dollars per million tokens of one model; None where it is not known."""

    def __init__(self, model: str, sent: float | None = None, received: float | None = None) -> None:
        dated = re.sub(r"-\d{4}-\d{2}-\d{2}$", "", model)
        known = _table().get(dated)
        self.sent = sent if sent is not None else known[0] if known else None
        self.received = received if received is not None else known[1] if known else None
        self.model = model

    def of(self, tokens: Tokens) -> float | None:
        """What these tokens cost, or None if the price is unknown."""
        if self.sent is None or self.received is None:
            return None
        return (tokens.prompt * self.sent + tokens.completion * self.received) / 1e6


class Budget:
    """What one process may spend. ``limit`` None: no limit."""

    def __init__(self, limit: float | None, price: Price) -> None:
        self.limit = limit
        self.price = price
        self.spent = 0.0
        self.tokens = Tokens()

    def allow(self, chars: int, max_tokens: int) -> None:
        """Raises BudgetExceeded if a call of so many characters could cost more than is left."""
        if self.limit is None:
            return
        worst = self.price.of(Tokens(prompt=round(chars / CHARS_A_TOKEN), completion=max_tokens))
        if worst is None:
            raise BudgetExceeded(
                f"the price of {self.price.model} is unknown, so QA_BUDGET_USD cannot be kept; "
                "set QA_PRICE_IN and QA_PRICE_OUT"
            )
        if self.spent + worst > self.limit:
            raise BudgetExceeded(
                f"the next call could cost ${worst:.4f} and ${max(0.0, self.limit - self.spent):.4f} "
                "of QA_BUDGET_USD is left; raise it, or answer in quotes only (answerer: extractive)"
            )

    def add(self, tokens: Tokens) -> float | None:
        """Count a call; its cost."""
        cost = self.price.of(tokens)
        self.spent += cost or 0.0
        self.tokens = Tokens(
            prompt=self.tokens.prompt + tokens.prompt, completion=self.tokens.completion + tokens.completion
        )
        return cost
