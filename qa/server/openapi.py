"""The description of the API, made from the endpoints and their pydantic models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from qa.server.api import Endpoint
from qa.server.wire import ErrorReply
from qa.types import Finished, Proven, Searched

REF = "#/components/schemas/{model}"
ERRORS = {"4XX": "the request cannot be answered as it is", "5XX": "a failure; the request may be sent again"}
STREAMED = (Searched, Proven, Finished)


def description(endpoints: Sequence[Endpoint], streams: Sequence[Endpoint], version: str) -> dict[str, Any]:
    """OpenAPI 3.1 of all endpoints; ``streams`` give server-sent events."""
    models: list[tuple[type[BaseModel], Any]] = [(ErrorReply, "serialization")]
    for e in (*endpoints, *streams):
        models += [(e.takes, "validation"), (e.gives, "serialization")]
    models += [(m, "serialization") for m in STREAMED]
    names, schema = models_json_schema(list(dict.fromkeys(models)), ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for e in (*endpoints, *streams):
        told = {"application/json": {"schema": names[(e.gives, "serialization")]}}
        if e in streams:
            kinds = [names[(m, "serialization")] for m in STREAMED]
            told = {"text/event-stream": {"schema": {"oneOf": kinds}}}
        paths.setdefault(e.path, {})[e.method.lower()] = {
            "summary": e.summary,
            "operationId": f"{e.method.lower()}_{e.path.strip('/').replace('/', '_').strip('{}')}",
            **_input(e, names[(e.takes, "validation")]),
            "responses": {
                "200": {"description": e.summary, "content": told},
                **{code: _error(about, names) for code, about in ERRORS.items()},
            },
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "qa", "version": version},
        "paths": paths,
        "components": {
            "schemas": schema.get("$defs", {}),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _error(about: str, names: Any) -> dict[str, Any]:
    schema = names[(ErrorReply, "serialization")]
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _input(endpoint: Endpoint, body: dict[str, Any]) -> dict[str, Any]:
    if endpoint.method == "POST":
        return {"requestBody": {"required": True, "content": {"application/json": {"schema": body}}}}
    schema = endpoint.takes.model_json_schema(ref_template=REF)
    return {
        "parameters": [
            {
                "name": name,
                "in": "path" if f"{{{name}}}" in endpoint.path else "query",
                "required": name in schema.get("required", ()) or f"{{{name}}}" in endpoint.path,
                "schema": field,
            }
            for name, field in schema.get("properties", {}).items()
        ]
    }
