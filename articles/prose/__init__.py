"""Render the body of an article: Markdown with citation marks in, HTML and claims out. Pure."""

from articles.prose.comments import drop_comments, without_comments
from articles.prose.leftovers import text_leftovers
from articles.prose.prose import (
    Claim,
    Fence,
    Heading,
    Leftover,
    Mark,
    Picture,
    Prose,
    Source,
    UnknownPicture,
    Voice,
    VoiceSpan,
)
from articles.prose.render import note_leftovers, render, render_note
from articles.prose.sentences import split

__all__ = [
    "Claim",
    "Fence",
    "Heading",
    "Leftover",
    "Mark",
    "Picture",
    "Prose",
    "Source",
    "UnknownPicture",
    "Voice",
    "VoiceSpan",
    "drop_comments",
    "note_leftovers",
    "render",
    "render_note",
    "split",
    "text_leftovers",
    "without_comments",
]
