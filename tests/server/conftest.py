"""The page in a browser, for all tests of it: its folders, its server, its tab."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from eval.tools.browser import Page, browsing, find_browser
from qa.server.app import create_app
from tests.conftest import CORPUS
from tests.server.paging import EVIL, picture
from tests.server.serving import serving


@pytest.fixture(scope="package")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Any]]:
    from qa.library import Library

    home = tmp_path_factory.mktemp("home")
    hostile = tmp_path_factory.mktemp("hostile")
    (hostile / "wharf.txt").write_text(
        f"Date: 2024-05-02\nWharf {EVIL} reopens\n\n"
        f"The Grenmouth wharf \N{SHIP} reopened on Thursday {EVIL}"
        " after repairs that cost 2.1 million crowns.\n",
        "utf-8",
    )
    (hostile / "ferry_a.txt").write_text(
        "---\ndate: 2024-06-03\noutlet: Coast Gazette\ntitle: Ferry sinks\n---\n"
        "At least 12 passengers were killed when the Grenmouth ferry sank, police said.\n",
        "utf-8",
    )
    (hostile / "ferry_b.txt").write_text(
        "---\ndate: 2024-06-05\noutlet: Harbour Times\ntitle: Ferry toll\n---\n"
        "At least 19 passengers were killed when the Grenmouth ferry sank, the coastguard said.\n",
        "utf-8",
    )
    opened = [Library.open(f, home=home, cache=False, threads=1) for f in (CORPUS, hostile)]
    yield opened
    for library in opened:
        library.close()


@pytest.fixture(scope="package")
def address(folders: list[Any]) -> Iterator[str]:
    with serving(create_app({"sample": folders[0], "hostile": folders[1]})) as url:
        yield url


@pytest.fixture(scope="package")
def tab(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    found = find_browser()
    if found is None:
        pytest.skip("no Chromium here")
    with browsing(found, tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(tab: Page, address: str) -> Iterator[Page]:
    tab.requests.clear()
    tab.complaints.clear()
    tab.screen(1200, 900)
    tab.open(f"{address}/?{os.urandom(4).hex()}")  # a new address, so that the page is loaded anew
    yield tab
    picture(tab, "last")
    assert tab.complaints == []
    hosts = {urlsplit(url).hostname for url in tab.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
