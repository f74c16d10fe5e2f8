"""What the text of an article says at a sentence that was flagged, and at a mark of a changed post."""

import re
from collections.abc import Mapping, Sequence

from django.utils.html import escape

from articles.models import ArticleVersion, VersionSource
from wires.templatetags.wire import fate

# How a flagged sentence, or a field above the text, was cleared: overridden wins.
OVERRIDDEN, ACKNOWLEDGED = "overridden", "acknowledged"
LABELS = {OVERRIDDEN: "Flagged, overridden:", ACKNOWLEDGED: "Flagged, acknowledged:"}
# What a mark says of a post that is not any more what was cited.
FATES = {"edited": "edited since", "withdrawn": "withdrawn", "removed": "removed"}

_AMENDED = '<a class="claim__flag claim__flag--amended" href="#corrections">Changed:</a> '

# Both as our renderer writes them.
_CLAIM = re.compile(r'<span class="claim(?: voice--[a-z]+)?" id="(s[0-9]+)">')
_MARK = re.compile(r'(href="#source-([^"]+)" aria-label="[^"]*)(">[0-9]+)(?=</a>)')


def flags_of(version: ArticleVersion) -> dict[str, str]:
    """Return what was flagged and published anyway, and how: by element id of a sentence, or field.

    What versions had before fields were noted stands under "".
    """
    flags: dict[str, str] = {}
    for entry in (*version.overrides, *version.acknowledgements):
        is_override = entry in version.overrides and entry.get("how") != "acknowledged"
        number = entry.get("sentence", 0)
        place = f"s{number}" if number else entry.get("field", "")
        if is_override or place not in flags:
            flags[place] = OVERRIDDEN if is_override else ACKNOWLEDGED
    return flags


def fates_of(sources: Sequence[VersionSource]) -> dict[str, str]:
    """Return which posts are not any more what was cited, by the key of the source. No query."""
    kinds = {source.key: _fate_of(source) for source in sources}
    return {key: kind for key, kind in kinds.items() if kind in FATES}


def _fate_of(source: VersionSource) -> str:
    return fate(source.post_version.post, source.post_version).kind


def with_signs(
    html: str,
    *,
    flags: Mapping[str, str],
    fates: Mapping[str, str] | None = None,
    amended: Sequence[int] = (),
) -> str:
    """Put the signs into the HTML of a body."""
    labels = {f"s{number}": _AMENDED for number in amended}
    labels |= {place: labels.get(place, "") + _label(how) for place, how in flags.items()}
    if labels:
        html = _CLAIM.sub(lambda claim: claim[0] + labels.get(claim[1], ""), html)
    if fates:
        html = _MARK.sub(lambda mark: _mark(mark, fates.get(mark[2], "")), html)
    return html


def with_boxes(html: str) -> str:
    """Put each table of a body into a box of its own, in which it scrolls where it is wide."""
    box = '<div class="prose__table" role="group" aria-label="Table" tabindex="0">'
    return html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


def _label(how: str) -> str:
    return f'<a class="claim__flag claim__flag--{how}" href="#clearance">{LABELS[how]}</a> '


def _mark(mark: re.Match[str], kind: str) -> str:
    if not kind:
        return mark[0]
    words = escape(FATES[kind])
    return f'{mark[1]}, {words}{mark[3]} <span class="cite__fate cite__fate--{kind}">{words}</span>'
