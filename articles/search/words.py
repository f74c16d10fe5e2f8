"""The words of a body as readers see them, from the HTML that is stored of it."""

import re
from html import unescape

# As our renderer writes them: the number of a source, and who speaks. Neither is part of the text.
_ADDED = re.compile(
    r'<sup class="cite">.*?</sup>|<span class="voice__label">[^<]*</span>', re.DOTALL
)
_BLOCK_ENDS = re.compile(r"</(?:p|h[2-6]|li|blockquote|figcaption|td|th|tr|dd|dt)>|<br ?/?>")
# An attribute may hold the sign that ends a tag.
_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_SPACES = re.compile(r"\s+")


def words_of(html: str) -> str:
    """Return the text of a rendered body in one line, blocks parted by a space."""
    text = _TAG.sub("", _BLOCK_ENDS.sub(" ", _ADDED.sub("", html)))
    return _SPACES.sub(" ", unescape(text)).strip()
