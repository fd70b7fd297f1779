"""No waits between retries."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client library's waits between retries, without the waiting."""
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.02)
