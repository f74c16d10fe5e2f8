"""Stored rows as the checks read them: nothing of an article or of a post is left out."""

from articles.models import Article, ArticleVersion, WireSource
from articles.prose import Picture
from articles.publishing.pieces import label, read_piece, source_ref
from tests.clock import NOON, later
from wires.models import Channel, Outlet, Post, PostVersion

QUAY = Picture(id=3, url="/media/a.png", alt="A quay", credit="", width=4, height=3)
WORDS = {
    "headline": "Calvera turns ships back",
    "standfirst": "A port notice bars large vessels.",
    "body": "The harbour is closed [@r1].",
    "framing_note": "We lead with the harbour.",
    "social_text": "Ships turn back.",
    "language": "en-GB",
}


def make_source(*, latest=None, post=None, version=None, **fields):
    """Return a source in no database; its version is the first of its post."""
    channel = Channel(
        platform="telegram",
        account="kestrel",
        outlet=Outlet(name="Kestrel", aliases=["The Kestrel"]),
    )
    cited = PostVersion(n=1, captured_at=NOON, text="The harbour is closed.", language="en")
    for name, value in (version or {}).items():
        setattr(cited, name, value)
    columns = {"native_id": "kestrel/7", "url": "https://t.me/kestrel/7", "posted_at": NOON}
    row = Post(
        channel=channel, latest_version=latest or cited, wire_at=NOON, **columns | (post or {})
    )
    return WireSource(
        key="r1", post=row, version=cited, role="basis", cited_at=later(hours=1), **fields
    )


def read(row, *, article=None, lead=None, pictures=None):
    return read_piece(
        row,
        article=article or Article(),
        sources=[make_source()],
        lead=lead,
        pictures=pictures or {},
    )


def test_every_word_of_an_article_and_of_a_version_is_in_its_piece():
    pieces = [
        read(row, article=Article(first_published_at=NOON))
        for row in (Article(**WORDS), ArticleVersion(**WORDS))
    ]

    assert [{name: getattr(piece, name) for name in WORDS} for piece in pieces] == [WORDS] * 2
    assert [piece.published_at for piece in pieces] == [NOON] * 2
    assert [piece.prose.cited for piece in pieces] == [("r1",)] * 2
    numbers = [[(source.key, source.number) for source in piece.sources] for piece in pieces]
    assert numbers == [[("r1", 1)]] * 2


def test_the_picture_at_the_head_stands_before_those_in_the_body():
    lead = Picture(id=9, url="/media/b.png", alt="A pier", credit="", width=4, height=3)
    body = Article(**WORDS | {"body": "Closed.\n\n![](image:3)\n\n![](image:4)"})

    pieces = [read(body, lead=one, pictures={3: QUAY}) for one in (lead, None)]

    assert [piece.images for piece in pieces] == [(lead, QUAY), (QUAY,)]


def test_each_fact_of_a_post_is_read():
    read = source_ref(make_source(), 4)

    assert (read.key, read.number, read.role) == ("r1", 4, "basis")
    assert (read.outlet, read.aliases) == ("Kestrel", ("The Kestrel",))
    assert (read.platform, read.account) == ("telegram", "kestrel")
    assert (read.native_id, read.url) == ("kestrel/7", "https://t.me/kestrel/7")
    assert (read.posted_at, read.cited_at, read.deleted_at) == (NOON, later(hours=1), None)
    assert (read.text, read.language) == ("The harbour is closed.", "en")
    assert (read.versions, read.edits, read.translation) == ((), (), "")


def test_what_is_erased_has_no_words_and_an_erasure_is_no_edit():
    erased = PostVersion(n=2, captured_at=later(hours=2), text="Open.", erased_at=later(hours=3))

    assert source_ref(make_source(version={"erased_at": NOON})).text is None
    assert source_ref(make_source(latest=erased)).versions == ()


def test_a_newer_version_is_read_with_its_time_and_one_that_is_older_is_none():
    newer = PostVersion(n=2, captured_at=later(hours=2), text="The harbour is open.")
    same = PostVersion(n=1, captured_at=NOON, text="The harbour is closed.")

    found = source_ref(make_source(latest=newer))

    assert [(each.at, each.text) for each in found.versions] == [
        (later(hours=2), "The harbour is open.")
    ]
    assert found.edits == (later(hours=2),)
    assert source_ref(make_source(latest=same)).versions == ()


def test_a_post_states_when_it_was_edited_or_it_is_when_that_came():
    newer = PostVersion(n=2, captured_at=later(hours=2), source_edited_at=later(hours=1))
    first_is_an_edit = {"source_edited_at": later(minutes=-5)}

    assert source_ref(make_source(latest=newer)).edits == (later(hours=1),)
    assert later(minutes=-5) in source_ref(make_source(version=first_is_an_edit)).edits


def test_a_label_names_the_outlet_and_the_time_of_the_post_or_else_of_the_wire():
    dated = make_source(post={"posted_at": later(hours=-2)})
    undated = make_source(post={"posted_at": None})

    assert label(dated) == "Kestrel on Telegram, 25 June 2026 10:00 UTC"
    assert label(undated) == "Kestrel on Telegram, 25 June 2026 12:00 UTC"
