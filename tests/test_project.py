"""Checks of the whole project that no single app's tests can make."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template

from articles.vetting import RULES
from benchmarks.seeded.faults import FAULTS, WITHOUT_MUTATOR
from tests.packages import PACKAGES, ROOT
from tests.processes import run_python
from wires.platforms import PLATFORMS

PRODUCTION = {
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "ALLOWED_HOSTS": "paper.example",
    "SITE_URL": "https://paper.example",
    "DATABASE_URL": "sqlite:///:memory:",
}


def files(folder, pattern):
    return sorted((ROOT / folder).rglob(pattern))


def relative(path):
    return str(path.relative_to(ROOT))


def test_every_tool_is_told_of_every_package():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    told = {
        "mypy": {name for name in tools["mypy"]["files"] if not name.endswith(".py")},
        "mutmut": set(tools["mutmut"]["source_paths"]),
        "import-linter": set(tools["importlinter"]["root_packages"]),
    }

    assert told == {tool: set(PACKAGES) for tool in told}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_deployment_check_passes_with_production_settings(tmp_path):
    done = run_python(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "DEBUG",
        RUNTIME_DIR=str(tmp_path),
        **PRODUCTION,
    )

    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_a_half_configured_production_is_refused(tmp_path, missing):
    half = {name: value for name, value in PRODUCTION.items() if name != missing}

    check = run_python("manage.py", "check", RUNTIME_DIR=str(tmp_path), **half)
    web = run_python("-c", "import newsroom.wsgi", RUNTIME_DIR=str(tmp_path), **half)

    assert check.returncode == 1
    assert missing in check.stderr
    assert web.returncode == 1
    assert missing in web.stderr


def test_a_production_with_debug_on_is_refused(tmp_path):
    web = run_python(
        "-c", "import newsroom.wsgi", RUNTIME_DIR=str(tmp_path), DEBUG="1", **PRODUCTION
    )

    assert web.returncode == 1
    assert "Unset DEBUG" in web.stderr


def template_names():
    folders = [
        *map(Path, settings.TEMPLATES[0]["DIRS"]),
        *(ROOT / app / "templates" for app in PACKAGES),
    ]
    return sorted(
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    )


def test_every_template_compiles():
    names = template_names()

    for name in names:
        get_template(name)

    assert names


def test_templates_hold_no_inline_script_style_or_handler():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.I
    )

    found = [
        f"{relative(path)}: {match[0]}"
        for folder in ("templates", *PACKAGES)
        for path in files(folder, "*.html")
        for match in inline.finditer(path.read_text())
    ]

    assert found == []


def test_a_form_in_an_included_template_gets_its_token():
    """With `only`, a partial sees no token unless it is handed on, and no script renews it."""
    paths = [path for folder in ("templates", *PACKAGES) for path in files(folder, "*.html")]
    with_form = {relative(path) for path in paths if "{% csrf_token %}" in path.read_text()}
    include = re.compile(r'{% include "([^"]+)"[^%]* only %}')

    found = [
        f"{relative(path)}: {match[0]}"
        for path in paths
        for match in include.finditer(path.read_text())
        if f"templates/{match[1]}" in with_form and "csrf_token=csrf_token" not in match[0]
    ]

    assert with_form
    assert found == []


def test_template_lines_have_at_most_160_characters():
    found = [
        f"{relative(path)}:{number}: {len(line)}"
        for folder in ("templates", *PACKAGES)
        for path in files(folder, "*.html")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > 160
    ]

    assert found == []


def test_colours_are_defined_only_in_tokens_css():
    colour = re.compile(
        r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|light-dark\(", re.I
    )

    found = [
        f"{relative(path)}: {match[0]}"
        for path in files("static/css", "*.css")
        if path.name != "tokens.css"
        for match in colour.finditer(
            re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.S)
        )
    ]

    assert found == []


def finding_codes():
    """Return every finding code, read from the source: the `code=` of each Finding."""
    for path in files("articles/vetting/rules", "*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.keyword) or node.arg != "code":
                continue
            if isinstance(node.value, ast.Constant):
                yield node.value.value, relative(path)


def test_every_finding_code_belongs_to_one_check_and_is_documented():
    documented = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs/checks.md").read_text(), re.M)
    homes = {}
    for code, path in finding_codes():
        homes.setdefault(code, set()).add(path)

    assert sorted(rule.code for rule in RULES) == sorted(homes)
    assert {code: paths for code, paths in homes.items() if len(paths) > 1} == {}
    assert sorted(documented) == sorted(homes)


def test_every_finding_code_has_a_benchmark_fault():
    codes = {code for code, _ in finding_codes()}

    assert set(FAULTS) | set(WITHOUT_MUTATOR) == codes
    assert set(FAULTS) & set(WITHOUT_MUTATOR) == set()
    assert all(FAULTS.values())
    assert all(WITHOUT_MUTATOR.values())


def test_every_setting_read_from_the_environment_is_documented():
    source = "".join(path.read_text() for path in files("newsroom", "*.py"))
    asked = r'env\.(?:text|secret|flag|switch|words|whole|within|moment)\(\s*"([A-Z0-9_]+)"'
    read = set(re.findall(asked, source))
    deploy = (ROOT / "docs/deploy.md").read_text()
    example = (ROOT / ".env.example").read_text()

    assert read
    assert {name for name in read if f"`{name}`" not in deploy} == set()
    assert {name for name in read if not re.search(rf"^#?{name}=", example, re.M)} == set()


def test_modules_are_named_for_what_they_hold():
    says_nothing = re.compile(r"(utils?|helpers?|services?|misc|common|managers?)\.py")

    nameless = [
        relative(path)
        for folder in (*PACKAGES, "tests")
        for path in files(folder, "*.py")
        if says_nothing.fullmatch(path.name)
    ]

    assert nameless == []


def models_reached_by_reflection(path):
    """Yield how a file gets at models of another app that it may not import."""
    own = path.relative_to(ROOT).parts[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr == "related_model":
            yield "related_model"
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            # What guards its own tables is handed the models as a migration has them.
            label = node.args[0] if node.args else None
            if not isinstance(label, ast.Constant) or label.value != own:
                yield ast.unparse(node)


def test_no_app_reaches_by_reflection_what_it_may_not_import():
    found = [
        f"{relative(path)}: {way}"
        for app in PACKAGES
        # It may import them all, and hands the guards models as a migration has them.
        if app != "newsroom"
        for path in files(app, "*.py")
        if "migrations" not in path.parts
        for way in models_reached_by_reflection(path)
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'cited = PostVersion._meta.get_field("citations").related_model',
        'cited = apps.get_model("articles", "VersionSource")',
        'cited = apps.get_model("articles.VersionSource")',
    ],
)
def test_a_model_reached_by_reflection_is_found(line, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    path = tmp_path / "wires" / "views.py"
    path.parent.mkdir()
    path.write_text(line)

    assert list(models_reached_by_reflection(path)) != []


def test_the_lock_file_names_only_the_package_index():
    sources = set(re.findall(r"source = \{ (\w+) = \"([^\"]+)\"", (ROOT / "uv.lock").read_text()))

    assert sources == {("registry", "https://pypi.org/simple"), ("virtual", ".")}


def words_in_code(path):
    """Return names and strings, without docstrings and comments."""
    tree = ast.parse(path.read_text())
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                yield node.value.lower()
        elif isinstance(node, ast.Name | ast.Attribute | ast.FunctionDef | ast.ClassDef):
            yield str(getattr(node, "id", "") or getattr(node, "attr", "") or node.name).lower()


def test_platforms_are_named_only_in_their_own_folders():
    platforms = ROOT / "wires/platforms"
    # What the site writes itself has formats that others are read in.
    allowed = {platforms / "__init__.py", ROOT / "articles/feeds/formats.py"}
    for platform in PLATFORMS:
        allowed |= set((platforms / platform.code).rglob("*.py"))
    codes = {name for each in PLATFORMS for name in (each.code, *each.formats)}
    telling = re.compile("|".join(code for code in codes if len(code) > 4))

    found = {
        f"{relative(path)}: {word[:60]}"
        for app in PACKAGES
        for path in files(app, "*.py")
        if path not in allowed and "migrations" not in path.parts
        for word in words_in_code(path)
        # An XML element is called rss too, and "x" has many meanings.
        if telling.search(word)
        or (len(word) > 1 and word in codes and platforms not in path.parents)
    }

    assert found == set()


def test_every_platform_folder_is_listed_under_its_code():
    folders = {path.parent.name for path in (ROOT / "wires/platforms").glob("*/__init__.py")}

    assert sorted(platform.code for platform in PLATFORMS) == sorted(folders)
