"""What the documents name exists: commands with their options, targets of make, files, figures."""

import re
import shlex
from functools import cache

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from tests.packages import ROOT
from tests.processes import run_manage

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TARGETS = {*re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)}
AT_THE_TOP = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
# A word that stands for one of the reader's, as in `--older-than DAYS`.
PLACEHOLDER = re.compile(r"[A-Z][A-Z_]*|…|…/.*|\[.*\]")
ENDS_A_COMMAND = {"&&", "||", "|", ";", "&"}


def relative(path):
    return str(path.relative_to(ROOT))


@cache
def code_of(path):
    """Return the code of a document: whole lines of blocks, and the spans within sentences."""
    text = path.read_text()
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    text = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.M | re.S)
    indented = re.findall(r"^(?: {4}|\t)\s*(\S.*(?:\\\n.*)*)$", text, re.M)
    lines = [*indented, *(line for block in fenced for line in block.splitlines())]
    return lines, re.findall(r"`([^`\n]+)`", text)


def words_of(line):
    """Return the words of a shell command, up to a comment; those of a prompt in vain."""
    try:
        return shlex.split(line.replace("\\\n", " "), comments=True)
    except ValueError:
        return line.split()


def commands_in(line):
    """Yield the words of each command of a line, from what is run."""
    words = words_of(line)
    while words:
        end = next((at for at, word in enumerate(words) if word in ENDS_A_COMMAND), len(words))
        yield words[:end]
        words = words[end + 1 :]


def documented(runs):
    """Yield where a document runs something, and the words after its name.

    `runs` returns the place of that name among the words of a command, or None.
    """
    for path in DOCUMENTS:
        lines, spans = code_of(path)
        for text in [*lines, *spans]:
            for words in commands_in(text):
                at = runs(words)
                if at is not None:
                    yield f"{relative(path)}: {' '.join(words)}", words[at:]


def after_manage(words):
    at = next((at for at, word in enumerate(words) if word.endswith("manage.py")), None)
    # In a tree of files other names follow it.
    return None if at is None or "." in "".join(words[at + 1 : at + 2] or ".") else at + 1


def after_make(words):
    # `make` is the verb of many sentences, and the program only where a command begins.
    before = [word for word in words if "=" not in word and word not in {"env", "bin/as-site"}]
    return words.index("make") + 1 if before[:1] == ["make"] else None


def after_module(words):
    return words.index("-m") + 1 if "-m" in words and "python" in " ".join(words) else None


def test_every_command_of_manage_that_is_documented_takes_what_is_written():
    found = list(documented(after_manage))

    assert len(found) > 50
    assert {where: wrong for where, words in found if (wrong := wrong_of(words))} == {}


def wrong_of(words):
    """Return what Django says of the arguments of a command, "" if it takes them."""
    name, *arguments = words
    if PLACEHOLDER.fullmatch(name) or name == "--version":
        return ""
    # As manage.py has it.
    name = "release" if name == "version" else name
    apps = get_commands()
    if name not in apps:
        return "no such command"
    app = apps[name]
    parser = (load_command_class(app, name) if isinstance(app, str) else app).create_parser(
        "manage.py", name
    )
    # A number is one for what takes numbers, and a word for all else.
    given = ["1" if PLACEHOLDER.fullmatch(word) else word for word in arguments]
    try:
        parser.parse_args(given)
    except CommandError as error:
        # A sentence may name a command without what it works on.
        return "" if "arguments are required" in str(error) else str(error)
    return ""


def test_every_target_of_make_that_is_documented_exists():
    found = {
        (where, word)
        for where, words in documented(after_make)
        for word in words
        if re.fullmatch(r"[a-z][a-z-]*", word)
    }

    assert len(found) > 15
    assert {(where, word) for where, word in found if word not in TARGETS} == set()


def test_every_module_that_a_document_runs_exists():
    found = {
        (where, words[0])
        for where, words in documented(after_module)
        if words and words[0].startswith("benchmarks.")
    }

    assert len(found) > 3
    assert {
        (where, name)
        for where, name in found
        if not re.search(r"[A-Z]", name) and not (ROOT / f"{name.replace('.', '/')}.py").is_file()
    } == set()


def test_every_file_of_the_project_that_a_document_names_exists():
    everywhere = {path.name for path in ROOT.rglob("*.py") if ".venv" not in path.parts}
    lost, count = [], 0
    for path in DOCUMENTS:
        lines, spans = code_of(path)
        for word in {word for text in [*lines, *spans] for word in text.split()}:
            name = word.strip("`,.;:()'\"").removeprefix("./")
            first, slash, _ = name.partition("/")
            if re.fullmatch(r"[a-z_]+\.py", name) and name not in AT_THE_TOP:
                count += 1
                lost += [] if name in everywhere or is_yours(name) else [(relative(path), name)]
            elif slash and first in AT_THE_TOP and not re.search(r"[<>{}…A-Z]", name):
                count += 1
                lost += [] if is_there(name) else [(relative(path), name)]

    assert count > 150
    assert lost == []


def is_yours(name):
    """Return whether a recipe has the reader write the file, or tells never to."""
    return name == "utils.py"


def is_there(name):
    pattern = name.partition("::")[0].rstrip("/")
    return bool(list(ROOT.glob(pattern)))


def test_every_link_within_the_documents_leads_somewhere():
    lost = []
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            file = (path.parent / name).resolve() if name else path
            if not file.exists() or (anchor and anchor not in anchors_of(file)):
                lost.append((relative(path), target))

    assert lost == []


def anchors_of(path):
    """Return what links can lead to in a document, by GitHub's rule for headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_figure_that_operate_names_is_one_of_metrics():
    named = set(re.findall(r"newsroom_([a-z0-9_]+)", (ROOT / "docs/operate.md").read_text()))
    source = (ROOT / "newsroom/figures.py").read_text()
    known = set(re.findall(r'Figure\(\s*"([a-z0-9_]+)"', source))

    assert len(known) > 15
    assert named == known


# Running them

# What a machine or a person is needed for, and why.
NOT_RUN = {
    "createsuperuser": "asks for a password",
    "dumpdata": "moves to another database",
    "loaddata": "moves to another database",
    "serve": "runs until it is stopped; test_serve.py runs it",
    "work": "runs until it is stopped; test_work.py runs it",
    "migrate articles 0016": "test_upgrade.py undoes every migration",
    "restore": "needs another, empty database; test_backup.py restores",
}
# They name what an empty site does not have, and have to say so.
REFUSED = {"erase_post", "erase_version", "let_in"}


def runnable():
    """Yield each whole line of a document that runs manage.py, as its words, once."""
    seen = set()
    for path in DOCUMENTS:
        for line in code_of(path)[0]:
            for words in commands_in(line):
                at = after_manage(words)
                if at is None or tuple(words[at:]) in seen:
                    continue
                seen.add(tuple(words[at:]))
                if not any(PLACEHOLDER.fullmatch(word) for word in words[at:]):
                    yield words[at:]


def is_left_out(words):
    return words[0] in NOT_RUN or " ".join(words) in NOT_RUN


@pytest.mark.long
def test_the_commands_of_the_documents_run_on_a_site_of_production(tmp_path):
    for name in ("runtime", "media"):
        (tmp_path / name).mkdir()
    site = {
        "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
        "ALLOWED_HOSTS": "paper.example",
        "SITE_URL": "https://paper.example",
        "DATABASE_URL": f"sqlite:///{tmp_path}/runtime/newsroom.sqlite3",
        "RUNTIME_DIR": f"{tmp_path}/runtime",
        "MEDIA_ROOT": f"{tmp_path}/media",
    }
    asked = [words for words in runnable() if not is_left_out(words)]
    # Tables and static files first, as docs/deploy.md has it; an answer is typed by nobody.
    first = ["check", "migrate", "load_channels", "load_instruments", "collectstatic"]
    asked.sort(key=lambda words: first.index(words[0]) if words[0] in first else len(first))

    ran = {}
    for words in asked:
        own = [word.replace("/srv/newsroom", str(tmp_path)) for word in words]
        own += ["--yes"] if words == ["upgrade"] else []
        done = run_manage(*own, **site)
        is_refused = words[0] in REFUSED
        if (done.returncode == 0) == is_refused or "Traceback" in done.stderr:
            ran[" ".join(words)] = (done.returncode, done.stderr[-300:])

    assert len(asked) > 12
    assert ran == {}
