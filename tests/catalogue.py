"""The strings that readers' pages mark for translation: what a catalogue in locale/ has to hold."""

import ast
import re
import tomllib

from django.conf import settings
from django.utils.translation.template import templatize

from markets.hours import EXCHANGES

FOLDERS = ("articles", "markets", "newsroom", "web", "wires")
SHOWN_OF_INSTRUMENTS = ("label", "description", "stands_for", "unit", "standby_note")
_CALLS = {"gettext", "gettext_noop", "ngettext", "pgettext"}
_IN_TEMPLATE = re.compile(
    r"(?<![a-z])(n|p)?gettext\(((?:u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\"|[^()'\"])*)\)"
    r"|(?<!\w)_\(((?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"))\)"
)
_LITERAL = re.compile(r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")", re.DOTALL)


def marked_strings():
    """Yield (context, string, plural) of each string, "" where it has no context or plural."""
    root = settings.BASE_DIR
    for path in sorted((root / "templates").rglob("*.html")):
        if "admin" not in path.relative_to(root).parts:
            yield from in_template(path.read_text(encoding="utf-8"))
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            # To read all code of ours into trees takes seconds; few files mark anything.
            if "gettext" in source:
                yield from in_code(source)
    yield from (("", words, "") for words in in_tables())


def in_tables():
    """Yield what readers are shown of the lists of instruments and exchanges, which stay data."""
    instruments = tomllib.loads(
        (settings.BASE_DIR / "markets/instruments.toml").read_text(encoding="utf-8")
    )["instrument"]
    for row in instruments:
        yield from (row[name] for name in SHOWN_OF_INSTRUMENTS if row.get(name))
    yield from (exchange.name for exchange in EXCHANGES.values())


def in_template(source):
    for found in _IN_TEMPLATE.finditer(templatize(source)):
        words = [ast.literal_eval(each) for each in _LITERAL.findall(found[2] or found[3])]
        if found[1] == "p":
            yield words[0], words[1], ""
        else:
            yield "", words[0], words[1] if found[1] == "n" else ""


def in_code(source):
    for node in ast.walk(ast.parse(source)):
        name = (
            node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        )
        if name in _CALLS and isinstance(node.args[0], ast.Constant):
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if name == "pgettext":
                yield words[0], words[1], ""
            else:
                yield "", words[0], words[1] if name == "ngettext" else ""
