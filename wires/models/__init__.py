"""What came in from outside: outlets, their channels, posts and every version of their words."""

from wires.models.addresses import check_address, link_to
from wires.models.confirmations import Confirmation
from wires.models.evidence import Capture, Evidence
from wires.models.outlets import (
    CODE,
    Channel,
    ChannelQuerySet,
    Domain,
    Outlet,
    PolledSource,
)
from wires.models.pasted import PastedLink
from wires.models.posts import (
    BACKFILL_AGE,
    Post,
    PostAlias,
    PostQuerySet,
    PostVersion,
    PostVersionQuerySet,
    Story,
    StoryRuling,
    native_id_hash,
)

__all__ = [
    "BACKFILL_AGE",
    "CODE",
    "Capture",
    "Channel",
    "ChannelQuerySet",
    "Confirmation",
    "Domain",
    "Evidence",
    "Outlet",
    "PastedLink",
    "PolledSource",
    "Post",
    "PostAlias",
    "PostQuerySet",
    "PostVersion",
    "PostVersionQuerySet",
    "Story",
    "StoryRuling",
    "check_address",
    "link_to",
    "native_id_hash",
]
