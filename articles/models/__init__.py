"""Articles, the wire sources they cite, and what publishing froze of both."""

from articles.models.archive import ArchiveBatch, ArchiveRun, Fault, FaultQuerySet, LiveVetting
from articles.models.article import (
    KEY,
    Article,
    ArticleQuerySet,
    Redirect,
    WireSource,
    address,
    read_chosen,
)
from articles.models.card import SocialCard
from articles.models.clearance import Acknowledgement, Act, Override, OverrideRequest
from articles.models.comment import Comment
from articles.models.draft_vetting import DraftVetting
from articles.models.erasure import Erasure, ErasurePlace
from articles.models.front import FrontOrder
from articles.models.image import Image, ReplacedFile
from articles.models.keeping import ArticleVisit, OverwrittenDraft, SentForm, WorkingCopy
from articles.models.page_parts import PageParts
from articles.models.preview import PreviewLink
from articles.models.review import Review
from articles.models.schedule import LATE_AFTER, Schedule
from articles.models.taxonomy import Author, Section
from articles.models.version import ArticleVersion, Correction, VersionSource

__all__ = [
    "KEY",
    "LATE_AFTER",
    "Acknowledgement",
    "Act",
    "ArchiveBatch",
    "ArchiveRun",
    "Article",
    "ArticleQuerySet",
    "ArticleVersion",
    "ArticleVisit",
    "Author",
    "Comment",
    "Correction",
    "DraftVetting",
    "Erasure",
    "ErasurePlace",
    "Fault",
    "FaultQuerySet",
    "FrontOrder",
    "Image",
    "LiveVetting",
    "Override",
    "OverrideRequest",
    "OverwrittenDraft",
    "PageParts",
    "PreviewLink",
    "Redirect",
    "ReplacedFile",
    "Review",
    "Schedule",
    "Section",
    "SentForm",
    "SocialCard",
    "VersionSource",
    "WireSource",
    "WorkingCopy",
    "address",
    "read_chosen",
]
