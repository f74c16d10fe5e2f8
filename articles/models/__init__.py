"""Articles, the wire sources they cite, and what publishing froze of both."""

from articles.models.archive import (
    AlertTally,
    ArchiveBatch,
    ArchiveRun,
    Fault,
    FaultQuerySet,
    LiveVetting,
)
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
from articles.models.listing import Listing, ListingQuerySet
from articles.models.page_parts import PageParts
from articles.models.preview import PreviewLink
from articles.models.review import Review
from articles.models.schedule import LATE_AFTER, Schedule
from articles.models.site_page import SitePage, SitePageVersion
from articles.models.source_use import SourceScore, SourceUse, SourceUseQuerySet
from articles.models.taxonomy import (
    Author,
    AuthorQuerySet,
    FormerSlug,
    Section,
    Topic,
    find_by_slug,
)
from articles.models.version import ArticleVersion, Correction, VersionSource

__all__ = [
    "KEY",
    "LATE_AFTER",
    "Acknowledgement",
    "Act",
    "AlertTally",
    "ArchiveBatch",
    "ArchiveRun",
    "Article",
    "ArticleQuerySet",
    "ArticleVersion",
    "ArticleVisit",
    "Author",
    "AuthorQuerySet",
    "Comment",
    "Correction",
    "DraftVetting",
    "Erasure",
    "ErasurePlace",
    "Fault",
    "FaultQuerySet",
    "FormerSlug",
    "FrontOrder",
    "Image",
    "Listing",
    "ListingQuerySet",
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
    "SitePage",
    "SitePageVersion",
    "SocialCard",
    "SourceScore",
    "SourceUse",
    "SourceUseQuerySet",
    "Topic",
    "VersionSource",
    "WireSource",
    "WorkingCopy",
    "address",
    "find_by_slug",
    "read_chosen",
]
