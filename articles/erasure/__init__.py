"""Legal erasure: of a post with what articles keep of it, or of a version of an article.

`places.PLACES` lists every column that can hold such words, and what becomes of it.
"""

from articles.erasure.posts import PostInspection, articles_citing, erase_post, inspect_post
from articles.erasure.record import (
    NothingOpen,
    NotRewritten,
    ReasonMissing,
    allow_to_erase,
    confirm_rewritten,
    keep,
)
from articles.erasure.steps import Step
from articles.erasure.versions import VersionInspection, erase_version, inspect_version
from wires.retention import NothingToErase

__all__ = [
    "NotRewritten",
    "NothingOpen",
    "NothingToErase",
    "PostInspection",
    "ReasonMissing",
    "Step",
    "VersionInspection",
    "allow_to_erase",
    "articles_citing",
    "confirm_rewritten",
    "erase_post",
    "erase_version",
    "inspect_post",
    "inspect_version",
    "keep",
]
