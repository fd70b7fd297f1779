"""The JSON API, a row an endpoint. Handlers are functions that may block: (service, request) -> reply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from qa.index.retriever import Filters
from qa.presenting.article_view import (
    ArticleList,
    ArticlePage,
    FoundPassages,
    article_list,
    article_page,
    found_passages,
)
from qa.server import wire
from qa.server.service import Service
from qa.types import Event, Finished, Outcome


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``takes`` is read from the query and the path (GET) or from the body (POST)."""

    method: Literal["GET", "POST"]
    path: str
    summary: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    handle: Callable[[Service, Any], BaseModel]


def filters_of(scope: wire.Scope) -> dict[str, Any]:
    """Arguments of ``Library.ask`` and its kin."""
    return {
        "since": scope.since or None,
        "until": scope.until or None,
        "outlet": scope.outlet or None,
        "undated": scope.undated,
    }


def events(service: Service, request: wire.AskRequest) -> Iterator[Event]:
    """The events of ``Library.stream``; a finished turn is kept in its session, if it has one."""
    library = service.library(request.folder)
    history: tuple[str, ...] | list[str] = request.history
    if request.session is not None:
        history = service.session(request.folder, request.session).history_for(request.question)
    filters = filters_of(request)
    for event in library.stream(request.question, history=history, caution=request.caution, **filters):
        if isinstance(event, Finished) and request.session is not None:
            kept = {name: filters[name] for name in ("since", "until", "outlet", "undated")}
            service.keep(request.folder, request.session, event.outcome, kept)
        yield event


def ask(service: Service, request: wire.AskRequest) -> Outcome:
    *_, last = events(service, request)
    assert isinstance(last, Finished)
    return last.outcome


def who(service: Service, request: wire.WhoRequest) -> Outcome:
    return service.library(request.folder).who(request.name, **filters_of(request))


def timeline(service: Service, request: wire.TimelineRequest) -> Outcome:
    return service.library(request.folder).timeline(request.topic, **filters_of(request))


def statements(service: Service, request: wire.StatementsRequest) -> wire.StatementList:
    found = service.library(request.folder).statements(request.file)
    return wire.StatementList(statements=tuple(wire.SaidLine(**s.to_dict()) for s in found))


def people(service: Service, request: wire.InFolder) -> wire.PeopleList:
    return wire.PeopleList(people=tuple(service.library(request.folder).people()))


def outlets(service: Service, request: wire.InFolder) -> wire.OutletList:
    return wire.OutletList(outlets=tuple(service.library(request.folder).outlets()))


def search(service: Service, request: wire.SearchRequest) -> FoundPassages:
    library = service.library(request.folder)
    filters = Filters.of(**filters_of(request))
    hits = library.retrieve(request.query, filters, top_k=request.limit)
    return found_passages(library.store, request.query, hits)


def articles(service: Service, request: wire.ArticlesRequest) -> ArticleList:
    library = service.library(request.folder)
    filters = Filters.of(**filters_of(request))
    keys = library.store.allowed_articles(filters.since, filters.until, filters.outlet, filters.undated)
    return article_list(library.store, request.query, None if keys is None else frozenset(keys))


def article(service: Service, request: wire.ArticleRequest) -> ArticlePage:
    citations = service.citations(request.folder, request.session)
    return article_page(service.library(request.folder).store, request.id, citations)


def folders(service: Service, _: wire.Nothing) -> wire.Folders:
    return wire.Folders(
        folders=tuple(
            wire.FolderInfo(
                name=name,
                corpus=library.store.corpus(),
                outlets=tuple(library.store.outlets()),
                endpoint=library.endpoint,
            )
            for name, library in service.libraries.items()
        )
    )


def sessions(service: Service, request: wire.InFolder) -> wire.SessionList:
    kept = service.sessions(request.folder)
    loaded = [kept.load(name) for name in kept.ids()[:50]]
    return wire.SessionList(
        sessions=tuple(
            wire.SessionInfo(id=s.id, turns=len(s.turns), first=s.turns[0].question if s.turns else None)
            for s in loaded
        )
    )


def refresh(service: Service, request: wire.InFolder) -> wire.Ledger:
    lines = service.library(request.folder).index()
    return wire.Ledger(lines=tuple(line for line in lines if line.status != "same"))


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("GET", "/v1/folders", "The folders that are served", wire.Nothing, wire.Folders, folders),
    Endpoint("POST", "/v1/ask", "Answer a question", wire.AskRequest, Outcome, ask),
    Endpoint("GET", "/v1/ask", "Answer a question", wire.AskRequest, Outcome, ask),
    Endpoint("GET", "/v1/who", "What a person said, in order", wire.WhoRequest, Outcome, who),
    Endpoint("GET", "/v1/people", "Who says something", wire.InFolder, wire.PeopleList, people),
    Endpoint("GET", "/v1/outlets", "The outlets of the articles", wire.InFolder, wire.OutletList, outlets),
    Endpoint("GET", "/v1/timeline", "A topic in order of time", wire.TimelineRequest, Outcome, timeline),
    Endpoint(
        "GET", "/v1/search", "The best passages for a question", wire.SearchRequest, FoundPassages, search
    ),
    Endpoint(
        "GET",
        "/v1/statements",
        "Every attributed statement of a file, in order",
        wire.StatementsRequest,
        wire.StatementList,
        statements,
    ),
    Endpoint("GET", "/v1/articles", "The articles", wire.ArticlesRequest, ArticleList, articles),
    Endpoint(
        "GET",
        "/v1/article/{id}",
        "An article with its boilerplate and the citations of a session",
        wire.ArticleRequest,
        ArticlePage,
        article,
    ),
    Endpoint(
        "GET", "/v1/sessions", "The conversations, newest first", wire.InFolder, wire.SessionList, sessions
    ),
    Endpoint(
        "POST",
        "/v1/sessions",
        "Begin a conversation",
        wire.InFolder,
        wire.SessionInfo,
        lambda service, request: wire.SessionInfo(
            id=service.new_session(request.folder).id, turns=0, first=None
        ),
    ),
    Endpoint(
        "GET",
        "/v1/sessions/{id}",
        "A conversation with its turns",
        wire.SessionRequest,
        wire.Session,
        lambda service, request: service.session(request.folder, request.id),
    ),
    Endpoint("POST", "/v1/refresh", "Take in what changed in a folder", wire.InFolder, wire.Ledger, refresh),
)
