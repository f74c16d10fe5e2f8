"""Turn what other programs put on the clipboard into Markdown of our dialect. Pure."""

from articles.clipboard.cleaning import TooTangled
from articles.clipboard.inlined import InlinedPicture, take_out
from articles.clipboard.plain_text import TooLong, paragraphs
from articles.clipboard.writing import Pasted, from_html

__all__ = [
    "InlinedPicture",
    "Pasted",
    "TooLong",
    "TooTangled",
    "from_html",
    "paragraphs",
    "take_out",
]
