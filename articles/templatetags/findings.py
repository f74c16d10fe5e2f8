"""How the findings panel of the desk shows findings, and what of them the browser has already."""

from typing import TYPE_CHECKING

from django import template
from django.template import Engine
from django.template.base import Template
from django.template.context import Context
from django.utils.safestring import SafeString

from desk.rows import Row, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.admin.panel import FindingsPanel, Shown

register = template.Library()

NOTHING = SafeString("")


@register.simple_tag(takes_context=True)
def written_findings(
    context: Context, found: "Iterable[Shown]", panel: "FindingsPanel", *, may_write: bool
) -> SafeString:
    """Return findings in HTML, without what is said in those that the browser said that it has."""
    engine = Engine.get_default()
    words = engine.get_template("admin/articles/article/_finding_words.html")
    rows = (_row(each, panel, words, context, may_write=may_write) for each in found)
    return write_rows(engine.get_template("admin/articles/article/_finding.html"), rows, context)


def _row(
    shown: "Shown", panel: "FindingsPanel", template: Template, around: Context, *, may_write: bool
) -> Row:
    words = panel.words(shown, may_write=may_write)
    name = words.hash
    is_known = name in panel.known
    traits = {"is_known": is_known, "is_cleared": shown.clearance is not None}
    return Row(
        frozenset(trait for trait, is_true in traits.items() if is_true),
        {
            "level": words.level,
            "id": words.id,
            "field": words.field,
            "start": str(shown.finding.start),
            "end": str(shown.finding.end),
            "from": str(shown.sentence_start),
            "to": str(shown.sentence_end),
            "hash": name,
            "html": NOTHING if is_known else template.render(around.new({"item": words})),
        },
    )
