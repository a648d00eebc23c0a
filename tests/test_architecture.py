"""What the import contracts cannot see. A rule broken here names the file and what to do instead."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "motcua"
APPS = sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())
MODULES = sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)
TEMPLATES = sorted(file for kind in ("html", "txt", "xml") for file in PACKAGE.rglob(f"templates/**/*.{kind}"))

CONTRACTS = ConfigParser()
CONTRACTS.read(ROOT / ".importlinter", encoding="utf-8")
# Lowest first; apps on one line do not know each other.
LAYERS = [
    set(re.findall(r"\w+", line))
    for line in reversed(CONTRACTS["importlinter:contract:apps"]["layers"].strip().split("\n"))
]
LAYER = {name: level for level, names in enumerate(LAYERS) for name in names}

# What an app may import of another one below it; of the ground (base, ui) everything.
OFFERED = {"actions", "queries", "models", "rules", "events", "terms"}
OFFERED_BESIDES = {
    ("people", "http"),  # the typed request
    ("documents", "slips"),  # values in, PDF out: neither database nor clock
    ("documents", "signing"),  # the demonstration makes its own signing keys
}
GROUND = {"base", "ui"}

MOST_LINES = 400
BESIDES = sorted(file for folder in ("tests", "bench") for file in (ROOT / folder).rglob("*.py"))
"""What is not part of the package: tests and the measuring."""


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def app_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0]


def imported(node: ast.AST) -> list[str]:
    """Dotted names a statement imports; `from a import b` counts as a.b."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [f"{node.module}.{each.name}" for each in node.names]
    return []


class Read(NamedTuple):
    """What a module imports, in which line, inside which functions; and the functions and classes it names."""

    imports: list[tuple[int, list[str], tuple[str, ...]]]
    named: list[str]


@cache
def read(file: Path) -> Read:
    """A module, read once for all rules."""
    found = Read([], [])

    def walk(node: ast.AST, inside: tuple[str, ...]) -> None:
        if names := imported(node):
            found.imports.append((getattr(node, "lineno", 0), names, inside))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.named.append(node.name)
            inside = inside if isinstance(node, ast.ClassDef) else (*inside, node.name)
        if not isinstance(node, ast.expr):  # nothing is imported or defined inside an expression
            for each in ast.iter_child_nodes(node):
                walk(each, inside)

    walk(tree_of(file), ())
    return found


def test_every_app_has_its_layer():
    assert set(APPS) == set(LAYER)


def test_the_contracts_leave_out_no_app():
    def has(app: str, room: str) -> bool:
        return (PACKAGE / app / room).is_dir() or (PACKAGE / app / f"{room}.py").exists()

    def listed(contract: str, key: str) -> set[str]:
        return set(CONTRACTS[f"importlinter:contract:{contract}"][key].split())

    doors = {f"motcua.{app}.{door}" for app in APPS for door in ("desk", "public") if has(f"{app}/{door}", "urls")}
    assert {f"motcua.{app}" for app in APPS if has(app, "actions")} <= listed("inside", "containers")
    assert {f"motcua.{app}.rules" for app in APPS if has(app, "rules")} <= listed("pure", "source_modules")
    assert doors <= listed("doors", "containers")
    assert {f"motcua.{app}" for app in APPS} <= listed("circles", "ancestors")


def test_no_import_inside_a_function():
    found = [
        f"{name_of(file)}:{line}"
        for file in MODULES
        for line, _names, inside in read(file).imports
        if inside and not (file.name == "apps.py" and inside == ("ready",))
    ]
    assert not found, "imports stand at the top of a module; only AppConfig.ready may import later"


# Commands that must start at once, or before Django is set up, load the rest by name when they need it.
LOAD_BY_NAME = {
    "motcua/base/apart_program.py": "loads the one reader that an order names, without Django",
    "motcua/base/apps.py": "loads the reactions of every app when all models stand",
    "motcua/config/console.py": "loads only the command that was asked for",
    "motcua/config/serve.py": "starts the database before Django reads its settings",
    "motcua/config/install.py": "runs while the packages have just been installed",
    "motcua/indices/console.py": "`indices score` needs no NumPy and answers at once",
    "motcua/measures/console.py": "`measures score766` needs no Django and no database",
    "motcua/workdays/console.py": "`workdays due` needs no Django and answers in 0.3 s",
}


def test_modules_are_loaded_by_name_only_where_a_reason_is_given():
    found = {name_of(file) for file in MODULES if re.search(r"\bimport_module\(|__import__\(", file.read_text("utf-8"))}
    assert found == set(LOAD_BY_NAME)


def test_a_module_is_at_most_400_lines():
    long = [name_of(file) for file in (*MODULES, *BESIDES) if file.read_text("utf-8").count("\n") > MOST_LINES]
    assert not long, "make it a package of the same name, so that imports do not change"


def test_apps_import_of_each_other_only_what_is_offered():
    found = []
    for file in MODULES:
        own = app_of(file)
        if own == "config":
            continue
        for line, names, _inside in read(file).imports:
            for name in names:
                root, app, *rest = (*name.split("."), "", "")[:4]
                if root != "motcua" or app in GROUND | {own, ""}:
                    continue
                if rest[0] not in OFFERED and (app, rest[0]) not in OFFERED_BESIDES:
                    found.append(f"{name_of(file)}:{line} imports {name}")
    assert not found, "\n".join(found)


PURE = [
    file
    for file in MODULES
    if (parts := file.relative_to(PACKAGE).with_suffix("").parts)[1:2] and parts[1] in ("rules", "events", "terms")
]
CLOCKS = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic)\(")
DATABASE = re.compile(r"\.objects\b|\bconnection\.cursor\(|\btransaction\.|\.save\(|\.delete\(\)")


@pytest.mark.parametrize("file", PURE, ids=name_of)
def test_rules_know_neither_database_nor_clock(file):
    text = file.read_text(encoding="utf-8")
    assert not CLOCKS.search(text), "the moment is passed as `at`"
    assert not DATABASE.search(text), "rules decide over plain values"
    forbidden = [
        name
        for _line, names, _inside in read(file).imports
        for name in names
        if name.startswith(("django.db.transaction", "django.db.connection", "psycopg", "random", "requests", "httpx"))
        or re.fullmatch(r"motcua\.\w+\.models(\..*)?", name)
    ]
    assert not forbidden


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_keys_between_apps_point_down_protect_and_hide_their_reverse(model):
    if not model.__module__.startswith("motcua."):
        return
    for each in model._meta.get_fields():
        if not isinstance(each, models.ForeignKey) or each.model is not model:
            continue
        target = each.remote_field.model
        if target._meta.app_label == model._meta.app_label or not target.__module__.startswith("motcua."):
            continue
        assert LAYER[target._meta.app_label] < LAYER[model._meta.app_label], f"{each} points up"
        assert each.remote_field.on_delete is models.PROTECT, f"{each} must PROTECT"
        assert each.remote_field.related_name == "+", f'{each} must have related_name="+"'


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_models_have_no_order_of_their_own_no_own_save_and_named_constraints(model):
    if not model.__module__.startswith("motcua."):
        return
    assert not model._meta.ordering, "an order belongs to the query"
    assert "save" not in vars(model), "actions write; save() is Django's"
    assert all(constraint.name for constraint in model._meta.constraints)
    assert not [each for each in model._meta.private_fields if type(each).__name__ == "GenericForeignKey"]


SIGNALS = re.compile(r"django\.db\.models\.signals|@receiver\(|\bpost_save\b|\bpre_save\b")


def test_nothing_listens_to_signals():
    assert not [name_of(file) for file in MODULES if SIGNALS.search(file.read_text("utf-8"))]


BORROWED = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_templates_borrow_only_from_their_own_app_and_ui(file):
    own = app_of(file)
    # Allauth's pages are drawn anew by people, under the names allauth looks for.
    allowed = {own, "ui"} | (
        {"account", "mfa", "socialaccount", "allauth", "usersessions"} if own == "people" else set()
    )
    found = {name for name in BORROWED.findall(file.read_text("utf-8")) if name.split("/")[0] not in allowed}
    assert not found


HANDED_OUT = re.compile(r"Content-Disposition|\bFileResponse\(")


def test_files_are_handed_out_in_one_place():
    """There their names are written safely, and what somebody brought is closed in."""
    found = {name_of(file) for file in MODULES if HANDED_OUT.search(file.read_text("utf-8"))}
    assert found == {"motcua/base/downloads.py"}, "use base.downloads"


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in (resolver or get_resolver()).url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, path)
        else:
            yield path, each


def classes_of(names: list[str]) -> list[str]:
    return [name for name in names if isinstance(import_string(name), type)]


def test_every_desk_page_demands_a_sign_in():
    """LoginRequiredMiddleware demands it everywhere but where a view says otherwise; no desk view may say so."""
    assert any(issubclass(import_string(each), LoginRequiredMiddleware) for each in classes_of(settings.MIDDLEWARE))
    desk = [(path, route) for path, route in routes() if path.startswith("ban-lam-viec/")]
    assert desk, "the desk has pages"
    open_ones = [path for path, route in desk if not getattr(route.callback, "login_required", True)]
    assert not open_ones


VARIABLE = re.compile(
    r"""environ(?:\.get\(|\.setdefault\(|\[)\s*["']([A-Z][A-Z0-9_]+)["']|["']([A-Z][A-Z0-9_]+)["'] (?:not )?in os\.environ"""
)
OF_THE_MACHINE = {"PATH", "HOME", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def test_every_variable_of_the_environment_is_documented():
    used = {
        one or other for file in MODULES for one, other in VARIABLE.findall(file.read_text(encoding="utf-8"))
    } - OF_THE_MACHINE
    documented = set(
        re.findall(r"`([A-Z][A-Z0-9_]+)(?:=[^`]*)?`", (ROOT / "docs/operating.md").read_text(encoding="utf-8"))
    )
    assert used - documented == set(), "add them to docs/operating.md"


def test_every_model_stands_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    found = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("motcua.") and not re.search(rf"\b{model.__name__}\b", glossary)
    }
    assert not found, "settle the word in docs/glossary.md before you write the class"


TAKEN_WORDS = re.compile(r"^(utils|helpers?|managers?|handlers?|services?|misc|common|data)$")


def test_no_module_has_a_name_that_says_nothing():
    assert not [name_of(file) for file in MODULES if TAKEN_WORDS.match(file.stem)]


def test_identifiers_have_no_accents():
    assert not [f"{name_of(file)}: {name}" for file in MODULES for name in read(file).named if not name.isascii()]


def test_workdays_answer_without_django():
    """`motcua workdays due` starts at once because nothing of Django's database is loaded."""
    program = (
        "import sys; from motcua.config import console; console.main(sys.argv[1:]); print('django.db' in sys.modules)"
    )
    words = ["workdays", "due", "--received", "2026-02-13T16:30", "--limit", "5wd", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "MOTCUA_MODE"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"
