"""What stands before every handler: whose host is asked for, from which page, with which token; and the
headers that keep the page from reaching anything else."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.server import failures

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MOST_BODY = 4_000_000  # bytes of a request
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = (
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
)


def host_name(header: str) -> str:
    """A Host header without its port: "[::1]:80" is "[::1]"."""
    name = header.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware. ``hosts``: the names under which the server may be asked for; None: any, which
    needs a token. A page of another origin is refused, whatever name it found the server under."""

    app: ASGIApp
    token: str | None
    hosts: Collection[str] | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
            await send(message)

        refused = self._refusal(Headers(scope=scope), scope["path"], scope["method"])
        if refused is not None:
            await failures.reply(*refused)(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)

    def _refusal(self, headers: Headers, path: str, method: str) -> tuple[str, str, int] | None:
        """(type, message, status) for a request that is turned away."""
        host = headers.get("host", "")
        if self.hosts is not None and host_name(host) not in self.hosts:
            return "WrongHost", "this server is not asked for under that name; see `qa serve --help`", 421
        if not path.startswith("/v1/"):
            return None
        origin = headers.get("origin")
        foreign = origin is not None and origin.partition("://")[2].lower() != host.lower()
        if foreign or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return "ForeignOrigin", "pages of other sites may not ask this server", 403
        if self.token is not None and not _bears(headers, self.token):
            return "Unauthorized", "send the server's token as `Authorization: Bearer …`", 401
        if method == "POST":
            return _body_refusal(headers)
        return None


def _bears(headers: Headers, token: str) -> bool:
    kind, _, given = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _body_refusal(headers: Headers) -> tuple[str, str, int] | None:
    """A form of another site can send neither this type nor a body without a length to a JSON server."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return "WrongType", "send JSON, with `Content-Type: application/json`", 415
    length = headers.get("content-length", "")
    if not length.isdigit():
        return "LengthRequired", "send the body with its length", 411
    if int(length) > MOST_BODY:
        return "TooLarge", f"a request may hold {MOST_BODY} bytes", 413
    return None
