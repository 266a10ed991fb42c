"""The house rules, each a function from a source tree to the places that break it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

APP_INSIDES = {
    *("models", "choices", "queries", "actions", "events", "reactions", "tasks", "panels"),
    *("measures", "searches", "forms", "views", "api", "urls", "apps", "migrations"),
    *("templates", "registers", "templatetags"),
}
LONGEST_MODULE = 300
CLOCKS = re.compile(r"\b(datetime\.now|date\.today|timezone\.now|datetime\.utcnow|time\.time)\(")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=\"|\son[a-z]+=\"")
IGNORE = re.compile(r"#\s*type:\s*ignore(?!\[[a-z, -]+\]\s+#\s*\S)")


def python_files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*.py")) if "migrations" not in path.parts)


def long_modules(root: Path) -> list[str]:
    return [
        f"{path}: {lines} lines, at most {LONGEST_MODULE}"
        for path in python_files(root)
        if (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    ]


def strange_insides(root: Path) -> list[str]:
    """Names inside an app that are not among the fixed ones."""
    return [
        f"{entry}: an app holds only {', '.join(sorted(APP_INSIDES))}"
        for app in sorted((root / "apps").iterdir())
        if app.is_dir() and app.name != "__pycache__"
        for entry in sorted(app.iterdir())
        if entry.stem not in APP_INSIDES | {"__init__", "__pycache__", "static"}
    ]


def missing_docstrings(root: Path) -> list[str]:
    """Modules, and public classes of models, without a docstring."""
    found = []
    for path in python_files(root):
        tree = ast.parse(path.read_text())
        if tree.body and ast.get_docstring(tree) is None:
            found.append(f"{path}: no module docstring")
        if "models" in path.relative_to(root).as_posix():
            found += [
                f"{path}:{node.lineno}: {node.name} has no docstring"
                for node in tree.body
                if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is None
            ]
    return found


def unlogged_verbs(root: Path) -> list[str]:
    """Public functions of `actions` that are not @action(...), or take positional arguments."""
    found = []
    for path in python_files(root):
        parts = path.relative_to(root).parts
        if "actions" not in (path.stem, *parts) or path.parent == root / "core":
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            marked = any(
                ast.unparse(one).startswith("action(") and len(one.args) == 2  # name, label
                for one in node.decorator_list
                if isinstance(one, ast.Call)
            )
            keywords = {argument.arg for argument in node.args.kwonlyargs}
            if not marked or node.args.args or "actor" not in keywords:
                found.append(
                    f"{path}:{node.lineno}: {node.name} needs @action, keywords only, actor"
                )
    return found


def other_clocks(root: Path) -> list[str]:
    return [
        f"{path}:{number}: core.clock is the only clock"
        for path in python_files(root)
        if path.name != "clock.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if CLOCKS.search(line)
    ]


def unexplained_ignores(root: Path) -> list[str]:
    return [
        f"{path}:{number}: a type: ignore carries [code] and a reason"
        for path in python_files(root)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if IGNORE.search(line)
    ]


def inline_code(root: Path) -> list[str]:
    """Inline scripts, styles and handlers in templates, which the CSP would refuse."""
    return [
        f"{path}:{number}: inline script or style: {line.strip()[:80]}"
        for path in sorted(root.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if INLINE.search(line)
    ]


def lost_templates(root: Path) -> list[str]:
    """Templates nobody names, and names without a template."""
    shipped = {
        path.relative_to(folder).as_posix()
        for folder in root.rglob("templates")
        for path in folder.rglob("*.html")
    }
    text = "\n".join(
        path.read_text() for kind in ("*.py", "*.html") for path in sorted(root.rglob(kind))
    )
    named = set(re.findall(r"[\"']([\w/\-.#]+?\.html)[\"'#]", text))
    by_library = {"account/", "mfa/", "403", "404", "500", "400", "allauth/", "usersessions/"}
    unused = {one for one in shipped - named if not one.startswith(tuple(by_library))}
    absent = {
        one for one in named - shipped if not one.startswith(("django/", "account/", "allauth/"))
    }
    return [f"{one}: never used" for one in sorted(unused)] + [
        f"{one}: named but absent" for one in sorted(absent)
    ]


def unknown_jobs(root: Path, names: frozenset[str]) -> list[str]:
    """defer("…") with a name no job has."""
    return [
        f"{path}: no job is named {name}"
        for path in python_files(root)
        for name in re.findall(r"\bdefer(?:_once)?\(\s*\"([\w.]+)\"", path.read_text())
        if name not in names
    ]


ALLOWED_IN_ENGINES = {
    *("__future__", "abc", "ast", "bisect", "collections", "csv", "dataclasses", "datetime"),
    *("decimal", "enum", "fractions", "functools", "heapq", "importlib", "itertools", "keyword"),
    *("math", "operator", "re", "string", "types", "typing", "unicodedata", "textwrap", "urllib"),
    *("sqlglot", "polars", "numpy", "scipy", "rustworkx", "shapely", "lianshang", "io", "warnings"),
    *("difflib", "contextlib", "weakref", "ortools", "pymetis"),
}


def impure_engines(root: Path) -> list[str]:
    """Imports in engines that are neither plain standard library nor a named scientific package."""
    found = []
    for path in python_files(root / "engines"):
        for node in ast.walk(ast.parse(path.read_text())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            found += [
                f"{path}:{node.lineno}: an engine may not import {name}"
                for name in names
                if name.split(".")[0] not in ALLOWED_IN_ENGINES
            ]
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"open", "print", "input"}:
                found.append(f"{path}:{node.lineno}: an engine does no I/O")
    return found
