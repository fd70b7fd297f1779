"""What tests of the page do with it: ask, change the folder, keep a picture."""

from __future__ import annotations

import json
import os
from pathlib import Path

from eval.tools.browser import Page

EVIL = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
LIT = "document.querySelector('mark.lit')"


def picture(page: Page, name: str) -> None:
    """Kept only where somebody wants to look at it."""
    if folder := os.environ.get("TEST_PICTURES"):
        page.picture(Path(folder) / f"{name}.png")


def ask(page: Page, question: str) -> None:
    """Ask on the page, and wait for the end of the answer."""
    before = page.run("document.querySelectorAll('.turn').length")
    page.run(f"document.querySelector('#question').value = {json.dumps(question)}")
    page.run("document.querySelector('#ask-form').requestSubmit()")
    page.until(
        f"document.querySelectorAll('.turn').length === {before + 1}"
        " && !document.querySelector('.turn:last-child .working')"
    )


def use_folder(page: Page, name: str) -> None:
    page.run(
        f"const s = document.querySelector('#folder'); s.value = '{name}';"
        " s.dispatchEvent(new Event('change'));"
    )
