"""``qa serve``: folders in a browser, as a JSON API and as an OpenAI-compatible endpoint."""

from __future__ import annotations

import ipaddress
import secrets
import socket
import sys
from contextlib import ExitStack
from typing import Annotated, Any

import typer

from qa.cli.options import Answerer
from qa.cli.places import folder_of
from qa.errors import UsageError

PORT = 8642


def serve(
    folders: Annotated[
        list[str] | None, typer.Argument(help="The folders that hold the articles.", show_default="articles")
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option(
            "--articles", "-a", metavar="FOLDER", help="The same as a bare FOLDER.", show_default=False
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", help="The port; 0: any that is free.", min=0, max=65535)
    ] = PORT,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="QA_SERVE_TOKEN",
            help="Ask every client for this token; made up where the address is not this machine's own.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="A name that browsers may ask for the server under (repeatable)."
        ),
    ] = None,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    answerer: Answerer = None,
) -> None:
    """Serve folders: a page to ask and check quotes in, a JSON API, an OpenAI-compatible endpoint.

    Listens on this machine only, unless --host says otherwise; then a token is needed."""
    create_app, uvicorn = _packages()
    from qa.library import Library
    from qa.server.guard import LOOPBACK

    places = _places(folders, articles)
    outside = not loopback(host)
    key = token or (secrets.token_urlsafe(24) if outside else None)
    hosts = (*LOOPBACK, *(n.lower() for n in name or ())) if name or not outside else None
    chosen: dict[str, Any] = {"answerer": answerer} if answerer else {}
    with ExitStack() as stack:
        listening = stack.enter_context(_listen(host, port))
        opened = [stack.enter_context(Library.open(folder, **chosen)) for folder in places]
        for library in opened:
            if library.endpoint:
                sys.stderr.write(f"questions and passages go to {library.endpoint}\n")
        config = uvicorn.Config(
            create_app(opened, key, hosts),
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=3,
        )
        address = f"http://{_shown(host)}:{listening.getsockname()[1]}/{f'#token={key}' if key else ''}"
        sys.stdout.write(f"serving {', '.join(str(x.folder.root) for x in opened)} at {address}\n")
        sys.stdout.flush()
        if browse:
            typer.launch(address)
        uvicorn.Server(config).run(sockets=[listening])


def _places(bare: list[str] | None, given: list[str] | None) -> list[str]:
    """All folders that are named, each once; else the one that every command takes."""
    return list(dict.fromkeys([*(bare or ()), *(given or ())])) or [folder_of(None)]


def _packages() -> tuple[Any, Any]:
    try:
        import uvicorn

        from qa.server.app import create_app
    except ImportError:
        raise UsageError("`qa serve` needs starlette and uvicorn: pip install 'news-qa[serve]'") from None
    return create_app, uvicorn


def loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a port in use is told before anything is read. Raises UsageError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = str(error.strerror or error).partition(" (while")[0]
        raise UsageError(
            f"cannot listen on {host}:{port}: {why}; choose another with --host or --port"
        ) from None
