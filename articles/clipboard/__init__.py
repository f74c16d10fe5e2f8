"""Turn what other programs put on the clipboard into Markdown of our dialect. Pure."""

from articles.clipboard.cleaning import TooTangled
from articles.clipboard.inlined import (
    InlinedPicture,
    LinkedPicture,
    put_picture,
    take_out,
    take_out_linked,
)
from articles.clipboard.plain_text import TooLong, paragraphs
from articles.clipboard.writing import Pasted, from_html

__all__ = [
    "InlinedPicture",
    "LinkedPicture",
    "Pasted",
    "TooLong",
    "TooTangled",
    "from_html",
    "paragraphs",
    "put_picture",
    "take_out",
    "take_out_linked",
]
