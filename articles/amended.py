"""What an update or a correction changed in an article: its sentences, and both texts compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.translation import gettext_noop

from articles.models import ArticleVersion
from web.changes import REWRITTEN, Change, apart, compare_whole

# Of a text that was rewritten no sentence is marked.
MOST_MARKED = 20

# Marks and labels are none of the words; both as our renderer writes them.
_UNSAID = re.compile(
    r'<sup class="cite">.*?</sup>|<span class="voice__label">[^<]*</span> |<[^>]*>', re.DOTALL
)
_BLOCK_END = re.compile(r"</(?:p|li|h[2-4]|t[dhr]|blockquote|pre|figcaption)>\s*|<br>\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What became of one text of an article."""

    name: str
    changes: tuple[Change, ...]

    @property
    def is_rewritten(self) -> bool:
        return REWRITTEN in self.changes


def amended_sentences(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Return the numbers of the claims that the earlier version did not have, none of too many.

    Nor any where the earlier one has no claims: it was erased, or had none to compare.
    """
    known = {claim["text"] for claim in before}
    new = [claim["number"] for claim in after if claim["text"] not in known]
    return new if known and len(new) <= MOST_MARKED else []


def amendments(before: ArticleVersion, after: ArticleVersion) -> list[Amendment]:
    """Compare what readers were shown before and after. Up to 0.1 s for a long article."""
    texts = (
        (gettext_noop("Headline"), before.headline, after.headline),
        (gettext_noop("Standfirst"), before.standfirst, after.standfirst),
        (gettext_noop("Text"), visible_text(before.html), visible_text(after.html)),
        (
            gettext_noop("Framing note"),
            visible_text(before.framing_html),
            visible_text(after.framing_html),
        ),
    )
    compared = ((name, compare_whole(one, other)) for name, one, other in texts if one != other)
    return [
        Amendment(name=name, changes=tuple(apart(_near(changes))))
        for name, changes in compared
        if any(change.kind != "same" for change in changes)
    ]


def visible_text(html: str) -> str:
    """Return the words of a body as readers see them, a line for each block."""
    return unescape(_UNSAID.sub("", _BLOCK_END.sub("\n", html))).strip()


def _near(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes with the blocks in which they stand, and a gap for those between."""
    last = len(changes) - 1
    for n, change in enumerate(changes):
        if change.kind != "same":
            yield change
            continue
        lines = change.text.split("\n")
        if len(lines) > 2:
            shown = [*(lines[:1] if n else ()), "[…]", *(lines[-1:] if n < last else ())]
            change = Change("same", "\n".join(shown))
        yield change
