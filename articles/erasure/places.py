"""Every column that can hold text or bytes, and what an erasure does to it.

A test fails when a column of these apps is missing here: who adds one says what becomes of it.
"""

from dataclasses import dataclass

EMPTIED = "emptied"
DELETED = "the row is deleted"
REPLACED = "replaced by a note that it was removed"
IF_NAMED = "replaced where it repeats the words"
LISTED = "stays, and is listed in the record, until somebody has decided about it"
OTHERS = "stays: it holds no words of what is erased"
# What holds a code, a hash, a number or an address of ours, whatever is erased.
NO_WORDS = "stays: it holds no words"
NAMES = "stays: names that the desk gave, such as those of an outlet"
ADDRESSES = "stays: the address by which it is known, so that it does not come back as a new one"
OF_PAGES = "stays: what the newsroom says of itself, in pages that cite no post"
OF_LOGIN = "stays: login attempts, kept for as long as accounts says"


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of one table, and what becomes of them when a post, or a version, is erased."""

    table: str
    columns: str
    post: str
    version: str = OTHERS

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns.split())


PLACES = (
    Place("wires.PostVersion", "title text html author media changes", EMPTIED),
    Place("wires.PostVersion", "language flags content_hash", NO_WORDS),
    Place("wires.Capture", "body", "emptied where the post is in it"),
    Place("wires.Capture", "sha256 url", NO_WORDS),
    Place("wires.Evidence", "body", f"of the post, {DELETED}; of others, emptied where it is in it"),
    Place("wires.Evidence", "kind sha256", NO_WORDS),
    Place("wires.Post", "hidden_reason withdrawn_reason", REPLACED),
    Place("wires.Post", "posted_raw", EMPTIED),
    Place("wires.Post", "native_id url canonical_url", ADDRESSES),
    Place("wires.Post", "native_id_hash state", NO_WORDS),
    Place("wires.PostAlias", "native_id", ADDRESSES),
    Place("wires.PostAlias", "native_id_hash", NO_WORDS),
    Place("wires.Confirmation", "how content_hash", NO_WORDS),
    Place("wires.Disappearance", "how", NO_WORDS),
    Place("wires.PastedLink", "address screenshot problem", f"{DELETED}, after a day in any case"),
    Place(
        "wires.AddressTest",
        "entered platform account address typed found problem",
        "stays for a day at most, for the person who tested the address",
    ),
    Place("wires.Story", "title", EMPTIED),
    Place("wires.StoryRuling", "ruling", NO_WORDS),
    Place("wires.WireReader", "opened basket", NO_WORDS),
    Place("wires.SavedSearch", "name query", *2 * (f"where it repeats the words, {DELETED}",)),
    Place("wires.Outlet", "name slug aliases country language affiliation", NAMES),
    Place("wires.Channel", "code address account numeric_id source_key language time_zone", NAMES),
    Place("wires.Channel", "paused_reason", "stays: it is about the channel"),
    Place(
        "wires.Channel",
        "etag last_modified last_error platform origin identity health billed_month lease_owner"
        " moved_from moved_to offered_feeds gap_cursor body_sha256",
        NO_WORDS,
    ),
    Place("wires.Channel", "error_kind usual_gap", NO_WORDS),
    Place("wires.Domain", "name lease_owner", NO_WORDS),
    Place("wires.Worker", "name", NO_WORDS),
    Place("wires.PollMinute", "worker kinds lag_p95", NO_WORDS),
    Place("wires.DailyJob", "name lease_owner", NO_WORDS),
    Place("wires.ActCount", "act who", NO_WORDS),
    Place(
        "articles.ArticleVersion",
        "headline standfirst body framing_note social_text image_alt image_credit image_caption reason",
        LISTED,
        EMPTIED,
    ),
    Place("articles.ArticleVersion", "html framing_html claims", f"as the body: {LISTED}", EMPTIED),
    Place("articles.ArticleVersion", "slug", LISTED, REPLACED),
    Place(
        "articles.ArticleVersion",
        "findings overrides acknowledgements",
        "redacted in each entry that is about the post",
        EMPTIED,
    ),
    Place("articles.ArticleVersion", "bylines topics", NAMES, NAMES),
    Place("articles.AlertTally", "made_of", NO_WORDS),
    Place("articles.ArticleVersion", "language", NO_WORDS, NO_WORDS),
    Place("articles.VersionSource", "note translation spans", EMPTIED, EMPTIED),
    Place("articles.VersionSource", "key role marks sentences", NO_WORDS, NO_WORDS),
    Place(
        "articles.PageParts",
        "counts clearance corrections amended moved provenance feed_sources"
        " data_of_sources data_of_corrections",
        DELETED,
        DELETED,
    ),
    Place("articles.PageParts", "renderer key feed_key flags fates amended_sentences", NO_WORDS, NO_WORDS),
    Place("articles.SocialCard", "mark", NO_WORDS, f"{DELETED}, with its file"),
    Place("articles.Correction", "note", f"with its version: {LISTED}", REPLACED),
    Place("articles.Correction", "kind", NO_WORDS, NO_WORDS),
    Place(
        "articles.Article",
        "headline standfirst body framing_note social_text image_caption",
        LISTED,
        f"of a withdrawn article {EMPTIED}; else {LISTED}",
    ),
    Place("articles.Article", "slug live_slug", ADDRESSES, ADDRESSES),
    Place("articles.Article", "language status tag_host", NO_WORDS, NO_WORDS),
    Place(
        "articles.WireSource",
        "note translation passages",
        EMPTIED,
        f"of a withdrawn article {EMPTIED}; else {LISTED}",
    ),
    Place("articles.WireSource", "key role", NO_WORDS, NO_WORDS),
    Place(
        "articles.WorkingCopy",
        "draft",
        "each text that prints the words, and what is about the post, emptied",
        f"each text that prints the words emptied; of a withdrawn article, {DELETED}",
    ),
    Place("articles.WorkingCopy", "token", NO_WORDS, NO_WORDS),
    Place(
        "articles.OverwrittenDraft",
        "draft",
        "each text that prints the words, and what is about the post, emptied",
        f"each text that prints the words emptied; of a withdrawn article, {DELETED}",
    ),
    Place(
        "articles.PreviewLink",
        "headline page",
        f"where it shows the post or its words, {DELETED}",
        f"{DELETED}, with all of the article",
    ),
    Place("articles.PreviewLink", "token_hash language posts", NO_WORDS, NO_WORDS),
    Place("articles.SentForm", "token", NO_WORDS, NO_WORDS),
    Place(
        "articles.Schedule",
        "draft note",
        "each text that prints the words, and what is about the post, emptied; it does not go out",
        "each text that prints the words emptied; it does not go out",
    ),
    Place("articles.Schedule", "cited digest kind was_status outcome problem", NO_WORDS, NO_WORDS),
    Place("articles.Comment", "passage text", IF_NAMED, IF_NAMED),
    Place("articles.FrontOrder", "banner", IF_NAMED, IF_NAMED),
    Place("articles.FrontOrder", "pins what", NO_WORDS, NO_WORDS),
    Place("articles.Review", "comment answer", IF_NAMED, IF_NAMED),
    Place("articles.Redirect", "path", ADDRESSES, ADDRESSES),
    Place("articles.Acknowledgement", "note", "emptied where it may be about the post", EMPTIED),
    Place("articles.Acknowledgement", "code fingerprint evidence_fingerprint", NO_WORDS, NO_WORDS),
    Place("articles.Override", "reason", "replaced where it may be about the post", REPLACED),
    Place("articles.Override", "code fingerprint evidence_fingerprint", NO_WORDS, NO_WORDS),
    Place("articles.OverrideRequest", "holds", "replaced where it may be about the post", DELETED),
    Place("articles.Act", "headline detail", IF_NAMED, IF_NAMED),
    Place("articles.Act", "verb", NO_WORDS, NO_WORDS),
    Place("articles.Fault", "finding", f"where it is about the post, {DELETED}", DELETED),
    Place("articles.Fault", "code level fingerprint", NO_WORDS, NO_WORDS),
    Place("articles.LiveVetting", "failure", REPLACED, REPLACED),
    Place("articles.Erasure", "kind subject reason emptied", NO_WORDS, NO_WORDS),
    Place("articles.ErasurePlace", "text_hash kept_reason", NO_WORDS, NO_WORDS),
    Place("articles.Image", "alt credit rights caption", OTHERS, "stays: the library’s, not the article’s"),
    Place("articles.Image", "sha256 extension renditions", NO_WORDS, NO_WORDS),
    Place("articles.ReplacedFile", "sha256", NO_WORDS, NO_WORDS),
    Place("articles.Section", "name slug description", NAMES, NAMES),
    Place("articles.Author", "name slug bio", NAMES, NAMES),
    Place("articles.Topic", "name slug description", NAMES, NAMES),
    Place("articles.FormerSlug", "slug", ADDRESSES, ADDRESSES),
    Place("articles.SitePage", "title slug body", OF_PAGES, OF_PAGES),
    Place("articles.SitePageVersion", "title body html note", OF_PAGES, OF_PAGES),
    Place("articles.SitePageVersion", "kind", NO_WORDS, NO_WORDS),
    Place("admin.LogEntry", "object_repr change_message", IF_NAMED, IF_NAMED),
    Place("admin.LogEntry", "object_id", NO_WORDS, NO_WORDS),
    Place("sessions.Session", "session_data", "messages not shown yet are dropped", "the same"),
    Place("sessions.Session", "session_key", NO_WORDS, NO_WORDS),
    Place("axes.AccessAttempt", "user_agent ip_address username http_accept path_info", OF_LOGIN),
    Place("axes.AccessAttempt", "get_data post_data", OF_LOGIN),
    Place("axes.AccessFailureLog", "user_agent ip_address username http_accept path_info", OF_LOGIN),
    Place("axes.AccessLog", "user_agent ip_address username http_accept path_info session_hash", OF_LOGIN),
)  # fmt: skip

# Tables that no model describes: the indexes by which posts and articles are searched.
PLACES_WITHOUT_MODEL = (
    Place("wires_search", "words", DELETED),
    Place(
        "articles_search", "words", LISTED, f"{DELETED}, with all that readers see of the article"
    ),
)
