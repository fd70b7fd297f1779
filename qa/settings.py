"""All settings, one flat frozen object; the only reader of the environment and of ``.env``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa.errors import UsageError
from qa.privacy import redacted


class Settings(BaseSettings):
    """Read from ``QA_*`` variables and ``.env``; arguments given in code win.

    Frozen: make a variant with ``settings.model_copy(update={...})``.
    """

    model_config = SettingsConfigDict(
        env_prefix="QA_",
        env_ignore_empty=True,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
    )

    # where
    home: Path = Field(default_factory=lambda: user_data_path("news-qa", appauthor=False))
    chroma_url: str | None = None
    remember: bool = Field(True, description="the last folder and the questions asked one by one")

    # loading and passages
    max_file_mb: float = Field(64.0, gt=0)
    file_seconds: float = Field(60.0, gt=0)
    file_memory_mb: int = Field(1500, ge=0)
    follow_links: bool = False
    isolate: bool = True
    passage_chars: int = Field(800, ge=200, le=4000)
    passage_sentences: int = Field(5, ge=1, le=20)

    # embedding
    embedder: str = "minilm"
    embedding_base_url: str | None = None
    embedding_api_key: SecretStr | None = None
    threads: int = Field(0, ge=0, description="0: one a core")
    embed_inline: int = Field(600, ge=0)

    # retrieval and answering
    top_k: int = Field(10, ge=1, le=100)
    depth: int = Field(200, ge=1, le=1000)
    lexical: bool = True
    dense: bool = True
    answerer: Literal["auto", "extractive", "llm"] = "auto"
    max_sentences: int = Field(3, ge=1, le=10)
    caution: Literal["strict", "balanced", "eager"] = "balanced"
    today: str | None = Field(
        None, pattern=r"^\d{4}(-\d{2}){0,2}$", description="ISO; None: the newest article's date"
    )

    # the language model
    model: str = "gpt-4.1-mini"
    passages: int = Field(6, ge=1, le=40)
    max_tokens: int = Field(800, ge=64)
    call_seconds: float = Field(60.0, gt=0)
    retries: int = Field(2, ge=0, le=10)
    on_failure: Literal["quotes", "error"] = "quotes"
    budget_usd: float | None = Field(None, gt=0)
    price_in: float | None = Field(None, ge=0)
    price_out: float | None = Field(None, ge=0)
    cache: bool = True
    prompts: Path | None = None

    # the names that OpenAI-compatible tools share
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("openai_api_key", "OPENAI_API_KEY")
    )
    openai_base_url: str | None = Field(
        None, validation_alias=AliasChoices("openai_base_url", "OPENAI_BASE_URL")
    )

    @field_validator("chroma_url", "embedding_base_url", "openai_base_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        """Refused here, where the setting can be named, and not in the middle of a call."""
        if value is not None:
            try:
                parts = urlsplit(value if "//" in value else f"//{value}")
                known = bool(parts.hostname) and (parts.port is None or parts.port > 0)
            except ValueError:
                known = False
            if not known:
                raise ValueError("this is no address; write it like http://host:8000")
        return value

    @property
    def uses_model(self) -> bool:
        """Whether a language model answers: asked for, or (auto) a key or an endpoint is given."""
        return self.answerer == "llm" or (
            self.answerer == "auto" and (self.openai_api_key is not None or self.openai_base_url is not None)
        )


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with ``overrides`` (those that are not None) on top.

    Raises UsageError, in one line, for a value that is not allowed.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    unknown = given.keys() - Settings.model_fields.keys()
    if unknown:
        raise UsageError(f"no such setting: {', '.join(sorted(unknown))} (see .env.example for the names)")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        name = name if name.startswith("OPENAI_") else f"QA_{name}"
        raise UsageError(
            f"setting {name}: {first['msg']} (got {redacted(repr(first['input']))}); see .env.example"
        ) from None


def described() -> list[tuple[str, str, str]]:
    """Every setting: its variable, its value (of a secret only that it is set), and where that is from."""
    now = load_settings()
    env = {name.upper() for name, value in os.environ.items() if value}
    told = []
    for name in Settings.model_fields:
        variable = name.upper() if name.startswith("openai_") else f"QA_{name.upper()}"
        value = getattr(now, name)
        shown = "set, not shown" if isinstance(value, SecretStr) else "-" if value is None else str(value)
        source = "default"
        if name in now.model_fields_set:
            source = "environment" if variable in env else ".env"
        told.append((variable, redacted(shown), source))
    return told
