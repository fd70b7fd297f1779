"""Outcomes as notebooks show them: HTML where it can be, else Markdown. Importing this teaches
``Outcome``."""

from __future__ import annotations

from qa.presenting.html import fragment
from qa.presenting.markdown import to_markdown
from qa.types import IN_NOTEBOOK

IN_NOTEBOOK["html"] = fragment
IN_NOTEBOOK["markdown"] = to_markdown
