"""The rooms keep to themselves: what each module may not import, directly or through another."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

QA = ROOT / "qa"
MODULES = sorted(p.stem for p in QA.glob("*.py") if p.stem not in ("__init__", "__main__"))
STAGES = {"load", "split", "chunk", "embeddings", "store", "index", "lexical", "vectors", "retrieve", "extract", "verify", "pipeline", "ingest"}
FORBIDDEN: dict[str, set[str]] = {
    "types": set(MODULES), "errors": set(MODULES), "settings": STAGES | {"cli"}, "load": {"index", "store", "pipeline", "cli"},
    "split": {"index", "store", "pipeline", "cli"}, "chunk": {"index", "store", "pipeline", "cli"}, "embeddings": {"index", "store", "pipeline", "cli"},
    "store": {"index", "pipeline", "cli"}, "index": {"extract", "verify", "pipeline", "cli"}, "retrieve": {"extract", "verify", "pipeline", "cli"},
    "extract": {"verify", "index", "pipeline", "cli"}, "verify": {"index", "store", "pipeline", "cli", "retrieve"},
    "support": {"index", "store", "pipeline", "cli"}, "present": set(MODULES) - {"types"}, "pipeline": {"cli"}, "batch": {"cli"}, "show": {"cli"},
    "corpus": {"llm", "answer", "retrieve", "extract", "verify", "pipeline", "cli"}, "prompts": STAGES | {"answer", "cli"}, "cost": STAGES | {"llm", "cli"},
    "llm": STAGES | {"answer", "prompts", "chat", "cli"}, "llmcache": STAGES | {"answer", "prompts", "cli"}, "reply": STAGES | {"llm", "answer", "cli"},
    "outcome": {"index", "pipeline", "cli"}, "answer": {"verify", "support", "index", "store", "retrieve", "pipeline", "cli"}, "rewrite": {"verify", "index", "store", "pipeline", "cli"},
    "session": STAGES | {"chat", "cli"}, "chat": {"cli", "repl"}, "repl": {"cli"},
}  # fmt: skip
ONLY_USER = {"chromadb": {"vectors"}, "tantivy": {"lexical"}, "sqlite3": {"store"}, "onnxruntime": {"embeddings"}, "llama_index": {"llamaindex"},
             "trafilatura": {"load"}, "pypdf": {"load"}, "pydantic_settings": {"settings"}, "typer": {"cli"}, "rich": {"cli", "terminal", "repl"},
             "openai": {"llm", "embeddings"}, "json_repair": {"reply"}, "prompt_toolkit": {"repl"}}  # fmt: skip


def imports(module: str) -> set[str]:
    """Every module that a file names in an import, however deep in it."""
    found = set()
    for node in ast.walk(ast.parse((QA / f"{module}.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def rooms(module: str) -> set[str]:
    return {name.split(".")[1] for name in imports(module) if name.startswith("qa.")} & set(MODULES)


@pytest.mark.parametrize("module", sorted(FORBIDDEN))
def test_rooms(module: str) -> None:
    assert rooms(module) & (FORBIDDEN[module] - {module}) == set()


@pytest.mark.parametrize("package", sorted(ONLY_USER))
def test_one_user_of_each_engine(package: str) -> None:
    users = {m for m in MODULES if any(name.split(".")[0] == package for name in imports(m))}
    assert users == ONLY_USER[package]


def test_nothing_imports_the_command_line_or_the_evaluation() -> None:
    assert {m for m in MODULES if "cli" in rooms(m)} == set()
    assert {m for m in MODULES if any(name.split(".")[0] == "eval" for name in imports(m))} == set()


def test_only_the_command_line_prints_or_exits() -> None:
    for module in set(MODULES) - {"cli"}:
        for node in ast.walk(ast.parse((QA / f"{module}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "exit", "quit"), f"{module}:{node.lineno}"
            assert not (isinstance(node, ast.ExceptHandler) and node.type is None), f"{module}:{node.lineno}"


def test_public_names() -> None:
    import qa

    assert qa.__all__ == ["Citation", "Claim", "Library", "Outcome", "QAError", "Settings"]
    for name in qa.__all__:
        assert getattr(qa, name) is not None
    with pytest.raises(AttributeError):
        _ = qa.nothing
    assert (Path(qa.__file__).parent / "py.typed").exists()


def test_importing_does_no_work() -> None:
    code = "import sys, qa; print(sorted(m for m in sys.modules if m.split('.')[0] in ('chromadb', 'llama_index', 'onnxruntime', 'openai', 'pydantic', 'numpy', 'tantivy')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout.strip() == "[]"


def test_settings_are_documented() -> None:
    from qa.settings import Settings

    text = (ROOT / ".env.example").read_text("utf-8")
    names = {name.upper() if name.startswith("openai_") else f"QA_{name.upper()}" for name in Settings.model_fields}
    assert {n for n in names if f"{n}=" not in text} == set()


def test_every_module_has_a_contract() -> None:
    for module in MODULES:
        assert (importlib.import_module(f"qa.{module}").__doc__ or "").strip(), module
