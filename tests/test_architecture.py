"""The rooms keep to themselves: a folder imports only the folders that stand above it in one table."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

QA = ROOT / "qa"
# In the order of the data. A room imports itself and the rooms above it, nothing below; what stands in one
# row does not import each other. Conversation stands above the library, which hands chats out; it knows the
# library by a protocol only.
ROOMS: tuple[tuple[str, ...], ...] = (
    ("errors", "privacy"),
    ("settings", "types"),
    ("text",),
    ("question", "llm"),
    ("reading",),
    ("index",),
    ("attribution",),
    ("answering", "checking"),
    ("presenting",),
    ("remarks",),
    ("outcome",),
    ("overviews", "timeline", "catalogue", "timing", "holding", "conversation", "awaiting"),
    ("request",),
    ("asking",),
    ("library",),
    ("integrations", "server"),
    ("cli",),
)
ONLY_USER = {
    "chromadb": {"index.vectors"},
    "tantivy": {"index.lexical"},
    "sqlite3": {"index.database", "index.storage"},
    "llama_index": {"integrations.llama_index"},
    "trafilatura": {"reading.loaders.web_page"},
    "pypdfium2": {"reading.loaders.pdf"},
    "striprtf": {"reading.loaders.office"},
    "warcio": {"reading.loaders.archives"},
    "pydantic_settings": {"settings"},
    "typer": {
        f"cli.{m}"
        for m in ("app", "ask", "defaults", "doctor", "export", "folders", "looking", "options", "serve")
    },
    "starlette": {f"server.{m}" for m in ("app", "failures", "guard", "handlers", "openai_api")},
    "uvicorn": {"cli.serve"},
    "mcp": {"integrations.mcp"},
    "watchfiles": {"cli.watch"},
    "docx": {"presenting.docx"},
    "rich": {"cli.ask", "cli.console", "cli.repl", "presenting.terminal"},
    "openai": {"llm.openai_compatible", "llm.failures", "index.embeddings"},
    "json_repair": {"answering.reply"},
    "prompt_toolkit": {"cli.repl"},
    "onnxruntime": {"answering.reader", "index.embeddings"},
}


def name_of(path: Path) -> str:
    """``index.store`` for ``qa/index/store.py``; a package has the name of its folder."""
    parts = path.relative_to(QA).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(p): p for p in sorted(QA.rglob("*.py")) if name_of(p) not in ("", "__main__")}


def imports(path: Path) -> set[str]:
    """Every module that a file names in an import, however deep in it, and for type checking only too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def modules(path: Path) -> set[str]:
    """The files of ``qa`` that a file imports, by their names."""
    return {name.removeprefix("qa.") for name in imports(path) if name.startswith("qa.")} & set(FILES)


def room(module: str) -> str:
    return module.split(".")[0]


STOREY = {name: k for k, row in enumerate(ROOMS) for name in row}


def test_every_file_stands_in_a_room() -> None:
    assert {room(m) for m in FILES} <= set(STOREY)


@pytest.mark.parametrize("module", sorted(FILES))
def test_a_room_imports_only_what_stands_above_it(module: str) -> None:
    own = room(module)
    below = {m for m in modules(FILES[module]) if room(m) != own and STOREY[room(m)] >= STOREY[own]}
    assert below == set()


def test_no_circle_of_files() -> None:
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module not in done:
            for other in sorted(modules(FILES[module]) - {module}):
                if FILES[other].name != "__init__.py":
                    visit(other, (*path, module))
            done.add(module)

    for module in FILES:
        visit(module, ())


@pytest.mark.parametrize("package", sorted(ONLY_USER))
def test_one_user_of_each_engine(package: str) -> None:
    users = {m for m, path in FILES.items() if any(name.split(".")[0] == package for name in imports(path))}
    assert users == ONLY_USER[package]


def test_nothing_imports_the_evaluation() -> None:
    assert {
        m
        for m, path in FILES.items()
        if any(name.split(".")[0] in ("eval", "tests") for name in imports(path))
    } == set()


def test_evaluation_and_tests_share_only_data() -> None:
    assert {
        p.name for p in (ROOT / "eval").rglob("*.py") if any(n.split(".")[0] == "tests" for n in imports(p))
    } == set()


def test_only_the_command_line_prints_or_exits() -> None:
    for module, path in FILES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and room(module) != "cli":
                assert node.func.id not in ("print", "exit", "quit"), f"{module}:{node.lineno}"
            assert not (isinstance(node, ast.ExceptHandler) and node.type is None), f"{module}:{node.lineno}"


def test_public_names() -> None:
    import qa

    assert {"Citation", "Claim", "Library", "Outcome", "QAError", "Settings"} <= set(qa.__all__)
    for name in qa.__all__:
        assert getattr(qa, name) is not None
    with pytest.raises(AttributeError):
        _ = qa.nothing
    assert (Path(qa.__file__).parent / "py.typed").exists()


def test_importing_does_no_work() -> None:
    code = (
        "import sys, qa; print(sorted(m for m in sys.modules if m.split('.')[0] in ('chromadb', "
        "'llama_index', 'onnxruntime', 'openai', 'pydantic', 'numpy', 'tantivy')))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout.strip()
        == "[]"
    )


def test_settings_are_documented() -> None:
    from qa.settings import Settings

    text = (ROOT / ".env.example").read_text("utf-8")
    names = {
        name.upper() if name.startswith("openai_") else f"QA_{name.upper()}" for name in Settings.model_fields
    }
    assert {n for n in names if f"{n}=" not in text} == set()


def test_every_module_has_a_contract() -> None:
    for module in FILES:
        assert (importlib.import_module(f"qa.{module}").__doc__ or "").strip(), module


def test_every_package_is_shipped() -> None:
    import tomllib

    listed = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    )
    assert {".".join(("qa", *p.parent.relative_to(QA).parts)) for p in QA.rglob("__init__.py")} <= listed


def test_the_tables_of_rooms_are_the_docstrings() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "rooms"), "--check"], cwd=ROOT)
    assert done.returncode == 0, "run: scripts/rooms"


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "README.md"])
def test_the_pages_name_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"[`(]((?:qa|eval|tests|scripts|docs|prompts|\.ci)/[\w./]*)[`)]", text))
    assert named and {name for name in named if not (ROOT / name).exists()} == set()
