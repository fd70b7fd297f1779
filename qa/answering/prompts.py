"""Prompt files -> messages. The only reader of ``prompts/``.

A prompt file is Markdown: front matter (caller, variables, output), comments for people
(``<!-- … -->``, never sent), and sections ``# system``, ``# user``, ``# assistant`` in the order in which
they are sent. ``{{name}}`` is filled with a variable, as it is: what it holds is never read as a
template. Every variable must be given, declared and used.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from qa.errors import PromptError
from qa.llm.client import Message

_HERE = Path(__file__).parent.parent
BUILT_IN = _HERE / "_prompts" if (_HERE / "_prompts").is_dir() else _HERE.parent / "prompts"
NAMES = ("answer", "repair", "rewrite", "judge")
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    caller: str
    variables: tuple[str, ...]
    output: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file. ``sha``: of all that is sent, comments and front matter not counted."""

    name: str
    front: _Front
    sections: tuple[Message, ...]
    sha: str

    def messages(self, **variables: str) -> tuple[Message, ...]:
        """The messages with their variables filled. Raises PromptError for a missing or unknown one."""
        if set(variables) != set(self.front.variables):
            raise PromptError(
                f"prompt {self.name}: needs {', '.join(self.front.variables)}; "
                f"was given {', '.join(variables) or 'nothing'}"
            )
        return tuple(
            m.model_copy(update={"content": _VARIABLE.sub(lambda v: variables[v[1]], m.content)})
            for m in self.sections
        )


def _parse(name: str, text: str, where: Path) -> Prompt:
    m = re.match(r"---\n(.*?)\n---\n(.*)", text, re.DOTALL)
    if m is None:
        raise PromptError(f"{where}: no front matter; begin it with --- and caller, variables, output")
    try:
        front = _Front.model_validate(yaml.safe_load(m[1]))
    except (yaml.YAMLError, ValidationError) as error:
        what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error).splitlines()[0]
        raise PromptError(f"{where}: front matter: {what}") from None
    body = re.sub(r"<!--.*?-->\n?", "", m[2], flags=re.DOTALL)
    parts = re.split(r"^# (system|user|assistant)[ \t]*$", body, flags=re.MULTILINE)
    if parts[0].strip() or len(parts) < 3:
        raise PromptError(
            f"{where}: text outside its sections; they begin with # system, # user or # assistant"
        )
    sections: list[Any] = [
        Message.model_validate({"role": role, "content": content.strip()})
        for role, content in zip(parts[1::2], parts[2::2], strict=True)
    ]
    used = {v for s in sections for v in _VARIABLE.findall(s.content)}
    if used != set(front.variables):
        raise PromptError(f"{where}: uses {sorted(used)} and declares {sorted(front.variables)}")
    sha = hashlib.sha256("\0".join(f"{s.role}\0{s.content}" for s in sections).encode()).hexdigest()[:12]
    return Prompt(name, front, tuple(sections), sha)


@lru_cache(maxsize=32)
def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """A prompt by name; ``folder`` wins over the built-in ones, file by file. Raises PromptError."""
    if folder is not None and not folder.is_dir():
        raise PromptError(f"QA_PROMPTS: no folder {folder}")
    for place in (folder, BUILT_IN):
        path = place / f"{name}.md" if place else None
        if path is not None and path.is_file():
            return _parse(name, path.read_text("utf-8").replace("\r\n", "\n"), path)
    raise PromptError(f"no prompt {name}.md in {folder or BUILT_IN}")
