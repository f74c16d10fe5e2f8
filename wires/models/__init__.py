"""What came in from outside: outlets, their channels, posts and every version of their words."""

from wires.models.act_counts import ActCount, ActLimit, TooOften
from wires.models.address_tests import AddressTest
from wires.models.addresses import check_address, link_to
from wires.models.changes import ChangeCount
from wires.models.confirmations import Confirmation
from wires.models.daily import DailyJob
from wires.models.disappearances import Disappearance
from wires.models.evidence import Capture, CaptureQuerySet, Evidence
from wires.models.outlets import (
    CODE,
    Channel,
    ChannelQuerySet,
    Domain,
    DomainQuerySet,
    Outlet,
)
from wires.models.pasted import PastedLink
from wires.models.polled import LEASE, RENEW_EVERY, LeasedQuerySet, PolledQuerySet, PolledSource
from wires.models.posts import (
    BACKFILL_AGE,
    Post,
    PostAlias,
    PostQuerySet,
    PostVersion,
    PostVersionQuerySet,
    native_id_hash,
)
from wires.models.reading import SavedSearch, WireReader
from wires.models.stories import Story, StoryKey, StoryRuling
from wires.models.workers import PollMinute, Worker

__all__ = [
    "BACKFILL_AGE",
    "CODE",
    "LEASE",
    "RENEW_EVERY",
    "ActCount",
    "ActLimit",
    "AddressTest",
    "Capture",
    "CaptureQuerySet",
    "ChangeCount",
    "Channel",
    "ChannelQuerySet",
    "Confirmation",
    "DailyJob",
    "Disappearance",
    "Domain",
    "DomainQuerySet",
    "Evidence",
    "LeasedQuerySet",
    "Outlet",
    "PastedLink",
    "PollMinute",
    "PolledQuerySet",
    "PolledSource",
    "Post",
    "PostAlias",
    "PostQuerySet",
    "PostVersion",
    "PostVersionQuerySet",
    "SavedSearch",
    "Story",
    "StoryKey",
    "StoryRuling",
    "TooOften",
    "WireReader",
    "Worker",
    "check_address",
    "link_to",
    "native_id_hash",
]
