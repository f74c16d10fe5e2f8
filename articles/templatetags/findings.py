"""How the findings panel of the desk shows a finding, and what of it the browser has already."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

NOTHING = SafeString("")
# Enough to tell the findings of one article apart.
HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class ShownWords:
    """What a finding shows, and its hash; empty where the browser has it, which is_known says."""

    html: SafeString
    hash: str
    is_known: bool


@register.simple_tag
def words_of_finding(item: Any, panel: Any, *, may_write: bool) -> ShownWords:
    """Return what a finding shows, unless the browser said that it has that."""
    html = render_to_string(
        "admin/articles/article/_finding_words.html",
        {"item": item, "panel": panel, "may_write": may_write},
    )
    name = sha256(html.encode()).hexdigest()[:HASH_LENGTH]
    is_known = name in panel.known
    return ShownWords(html=NOTHING if is_known else html, hash=name, is_known=is_known)
