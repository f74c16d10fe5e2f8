"""What the text of an article says at a sentence that was flagged, and at a mark of a changed post."""

import re
from collections.abc import Mapping, Sequence

from django.utils.html import escape, format_html
from django.utils.translation import gettext, gettext_noop

from articles.models import ArticleVersion, VersionSource
from web.interface import page_language
from web.language_tags import primary
from web.languages import direction
from wires.templatetags.wire import fate

# How a flagged sentence, or a field above the text, was cleared: overridden wins.
OVERRIDDEN, ACKNOWLEDGED = "overridden", "acknowledged"
LABELS = {
    OVERRIDDEN: gettext_noop("Flagged, overridden:"),
    ACKNOWLEDGED: gettext_noop("Flagged, acknowledged:"),
}
# What a mark says of a post that is not any more what was cited.
FATES = {
    "edited": gettext_noop("edited since"),
    "withdrawn": gettext_noop("withdrawn"),
    "removed": gettext_noop("removed"),
}

_AMENDED = '<a class="claim__flag claim__flag--amended" href="#corrections">{}</a> '

# As our renderer writes them. The number of a mark is seen beside its fate, so they are said together:
# “Source 3, withdrawn, …”.
_CLAIM = re.compile(r'<span class="claim(?: voice--[a-z]+)?" id="(s[0-9]+)">')
_MARK = re.compile(r'(href="#source-([^"]+)" aria-label="[^"0-9]*[0-9]+)([^"]*">[0-9]+)(?=</a>)')
# What the renderer says at a sentence that is not from a source.
VOICES = (gettext_noop("The desk:"), gettext_noop("Background:"))
# The elements of ours that stand in a body, and hold our words.
_OURS = re.compile(r'<a class="(?:cite__link|claim__flag [^"]*)"|<span class="cite__fate [^"]*"')
_SPOKEN = re.compile(r'(href="#source-[^"]+" aria-label=")Source (?=[0-9])')


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
    language: str = "",
) -> str:
    """Put the signs into the HTML of a body in a language."""
    changed = format_html(_AMENDED, gettext("Changed:"))
    labels = {f"s{number}": str(changed) for number in amended}
    # Each said once: hundreds of sentences may be flagged, in two ways.
    said = {how: _label(how) for how in {*flags.values()}}
    labels |= {place: labels.get(place, "") + said[how] for place, how in flags.items()}
    if labels:
        html = _CLAIM.sub(lambda claim: claim[0] + labels.get(claim[1], ""), html)
    if fates:
        html = _MARK.sub(lambda mark: _mark(mark, fates.get(mark[2], "")), html)
    return _in_words_of_site(html, language)


def with_boxes(html: str) -> str:
    """Put each table of a body into a box of its own, in which it scrolls where it is wide."""
    box = format_html(
        '<div class="prose__table" role="group" aria-label="{}" tabindex="0">', gettext("Table")
    )
    return html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


def _in_words_of_site(html: str, language: str) -> str:
    """Put the few words of ours that the renderer writes into a body into the language of the site.

    They were stored in English, whatever language the site had then. In a body of another language
    our words say in which one they are.
    """
    source, ours = escape(gettext("Source")), _as_ours(language)
    html = _SPOKEN.sub(lambda spoken: f"{spoken[1]}{source} ", html)
    for voice in VOICES:
        stored = f'<span class="voice__label">{voice}<'
        html = html.replace(stored, f'<span class="voice__label"{ours}>{escape(gettext(voice))}<')
    return _OURS.sub(rf"\g<0>{ours}", html) if ours else html


def _as_ours(language: str) -> str:
    """Return the attributes of our words in a body of a language, "" where that is ours too."""
    site = page_language()
    if not language or primary(language) == primary(site):
        return ""
    return format_html(' lang="{}" dir="{}"', site, direction(site))


def _label(how: str) -> str:
    return f'<a class="claim__flag claim__flag--{how}" href="#clearance">{escape(gettext(LABELS[how]))}</a> '


def _mark(mark: re.Match[str], kind: str) -> str:
    if not kind:
        return mark[0]
    words = escape(gettext(FATES[kind]))
    return f'{mark[1]}, {words}{mark[3]} <span class="cite__fate cite__fate--{kind}">{words}</span>'
