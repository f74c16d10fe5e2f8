"""What a snapshot says of an article and its posts, each value different from every other."""

from datetime import UTC, datetime

import pytest

from articles import publishing, vetting
from articles.models import Image, WireSource
from articles.publishing.inputs import read_inputs, stored_sources
from articles.publishing.pieces import label, source_ref
from articles.vetting import Chosen
from tests.articles.factories import make_article, make_author, make_live_article, make_source
from tests.articles.twins import finding_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires.models import Capture, Evidence, Post

pytestmark = pytest.mark.django_db


def make_image(letter, **fields):
    return Image.objects.create(
        sha256=letter * 64,
        extension="png",
        width=40,
        height=30,
        size=99,
        uploaded_at=NOON,
        **fields,
    )


def build(article):
    return publishing.build_snapshot(article, at=later(hours=1))


def test_a_source_is_read_with_each_fact_of_its_post_channel_and_outlet():
    outlet = make_outlet("Radio Nahr", aliases=["Nahr", "RN"])
    channel = make_channel(outlet=outlet, platform="telegram", account="radionahr")
    post = make_post(
        channel=channel, native_id="7", url="https://t.me/radionahr/7", text="It is closed.",
        posted_at=later(hours=-5),
    )  # fmt: skip
    source = make_source(
        make_article(sources=False), key="n1", post=post, role="disputes",
        passages=[{"exact": "closed", "start": 6}],
        translation="Je to zavřené.", translated_by=make_user(name="tilda"),
        translation_confirmed_by=make_user(name="sef"),
    )  # fmt: skip
    WireSource.objects.filter(pk=source.pk).update(cited_at=later(hours=-1))
    add_version(post, text="It is open.", at=later(hours=-2))
    add_version(post, text="It is open to all.", at=later(hours=-1))
    columns = {"state": Post.State.WITHDRAWN, "withdrawn_at": later(minutes=-30)}
    Post.objects.filter(pk=post.pk).update(**columns)
    (stored,) = stored_sources(source.article)

    ref = source_ref(stored, 3)

    assert ref == vetting.SourceRef(
        key="n1",
        number=3,
        outlet="Radio Nahr",
        aliases=("Nahr", "RN"),
        platform="telegram",
        account="radionahr",
        native_id="7",
        url="https://t.me/radionahr/7",
        posted_at=later(hours=-5),
        text="It is closed.",
        versions=(vetting.PostText(at=later(hours=-1), text="It is open to all."),),
        edits=(later(hours=-1),),
        deleted_at=later(minutes=-30),
        cited_at=later(hours=-1),
        role="disputes",
        language="en",
        translation="Je to zavřené.",
        chosen=(Chosen(exact="closed", start=6),),
    )


def test_a_post_without_an_address_is_known_by_its_id():
    source = make_source(make_article(sources=False), post=make_post(native_id="tag:7"))
    source.post.url = ""

    assert source_ref(source).url == "tag:7"


def test_a_post_that_was_not_archived_has_no_words():
    ref = source_ref(make_source(make_article(sources=False), archived=False))

    assert (ref.text, ref.versions) == (None, ())


def test_the_edits_of_a_post_are_at_the_times_it_states_or_else_when_they_came():
    article, post = make_article(sources=False), make_post()
    second = add_version(
        post, text="The harbour is shut.", at=later(hours=1), source_edited_at=later(minutes=9)
    )
    source = make_source(article, post=post)
    add_version(post, text="The harbour is open.", at=later(hours=2))
    (source,) = stored_sources(article)

    assert source.version == second
    assert source_ref(source).edits == (later(minutes=9), later(hours=2))


def test_the_label_of_a_mark_names_the_outlet_the_platform_and_the_time_of_its_post():
    channel = make_channel(outlet=make_outlet("Radio Nahr"), platform="telegram")
    posted, untimed = (
        make_post(channel=channel, posted_at=at, wire_at=datetime(2026, 6, 24, 8, 5, tzinfo=UTC))
        for at in (datetime(2026, 6, 24, 9, 7, tzinfo=UTC), None)
    )
    article = make_article(sources=False)

    labels = [
        label(make_source(article, key=key, post=post))
        for key, post in (("r1", posted), ("r2", untimed))
    ]

    assert labels == [
        "Radio Nahr on Telegram, 24 June 2026 09:07 UTC",
        "Radio Nahr on Telegram, 24 June 2026 08:05 UTC",
    ]


def test_the_counts_of_a_version_are_of_posts_and_of_outlets():
    channels = [
        make_channel(outlet=make_outlet(name))
        for name in ("Radio Nahr", "Radio Nahr", "Radio Nahr World")
    ]
    posts = [make_post(channel=channel) for channel in (channels[0], *channels)]
    article = make_article(sources=False)
    for n, post in enumerate((*posts, posts[0])):
        make_source(article, key=f"r{n}", post=post)

    version = build(article).version

    assert (version.posts_cited, version.outlets_cited) == (4, 2)


def test_a_version_has_the_words_of_the_article_and_those_of_its_picture():
    lead = make_image("a", alt="A quay", credit="Harbour Wire", caption="The quay at noon")
    article = make_article(image=lead, framing_note="We lead *with* it.", social_text="Ships.")

    version = build(article).version

    assert (version.image_alt, version.image_credit) == ("A quay", "Harbour Wire")
    assert (version.image_caption, version.image) == ("The quay at noon", lead)
    assert "<em>with</em>" in version.framing_html
    assert (version.article, version.at) == (article, later(hours=1))
    assert [claim["text"] for claim in version.claims] == ["The harbour is closed."]


def test_a_caption_of_the_article_goes_before_that_of_its_picture():
    lead = make_image("a", alt="A quay", credit="Harbour Wire", caption="The quay at noon")

    version = build(make_article(image=lead, image_caption="Ships at the quay")).version

    assert version.image_caption == "Ships at the quay"


def test_no_comment_of_a_caption_or_a_source_is_published():
    lead = make_image("a", alt="A quay", credit="Ada", caption="The quay <!-- which? --> at noon")
    article = make_article(image=lead, image_caption="<!-- 40 ships? -->", sources=False)
    make_source(article, key="r1", note="First to say so. <!-- ask -->")

    snapshot = build(article)

    assert snapshot.version.image_caption == "The quay at noon"
    assert [source.note for source in snapshot.sources] == ["First to say so."]
    assert [image.caption for image in snapshot.piece.images] == ["The quay at noon"]


def test_an_article_without_a_picture_has_no_words_of_one():
    version = build(make_article()).version

    assert (version.image_alt, version.image_credit, version.image_caption) == ("", "", "")


def test_the_checks_read_the_picture_at_the_head_and_those_in_the_body():
    lead, used, _ = (make_image(letter, alt=f"Quay {letter}", credit="HW") for letter in "abc")
    body = f"The harbour is closed [@r1].\n\n![](image:{used.pk})\n\n![](image:{used.pk + 100})"

    pieces = [build(make_article(body=body, image=image)).piece for image in (lead, None)]

    assert [[image.alt for image in piece.images] for piece in pieces] == [
        ["Quay a", "Quay b"], ["Quay b"],
    ]  # fmt: skip


def test_the_checks_read_every_word_of_the_article_and_when_it_was_published():
    article = make_live_article(social_text="Ships turn back.", language="en-GB")

    piece = build(article).piece

    assert (piece.headline, piece.standfirst) == (article.headline, article.standfirst)
    assert (piece.body, piece.framing_note) == (article.body, article.framing_note)
    assert (piece.social_text, piece.language) == ("Ships turn back.", "en-GB")
    assert piece.published_at == NOON
    assert [(source.key, source.number) for source in piece.sources] == [("r1", 1)]


def test_each_frozen_source_has_its_own_number_marks_sentences_and_passages():
    article = make_article(
        sources=False,
        body="“The strait is shut” [@b]. “The harbour is closed” [@a]. It stays shut [@b].",
    )
    posts = {
        "a": make_post(text="The harbour is closed."),
        "b": make_post(text="The strait is shut."),
    }
    for key, role in (("a", "basis"), ("b", "corroborates")):
        make_source(article, key=key, post=posts[key], role=role, note=f"Note {key}.")
    make_source(article, key="gone", archived=False, position=9)

    sources = build(article).sources

    assert [
        (each.key, each.number, each.role, each.note, each.marks, each.sentences)
        for each in sources
    ] == [
        ("b", 1, "corroborates", "Note b.", ["cite-b-1", "cite-b-2"], [1, 3]),
        ("a", 2, "basis", "Note a.", ["cite-a-1"], [2]),
    ]
    assert [each.post_version.post for each in sources] == [posts["b"], posts["a"]]
    assert [[(span["claim"], span["exact"]) for span in each.spans] for each in sources] == [
        [(1, "The strait is shut")], [(2, "The harbour is closed")],
    ]  # fmt: skip


def test_sources_are_read_in_their_order_and_of_their_article_only():
    article, other = make_article(sources=False), make_article()
    make_source(article, key="r3", position=2)
    make_source(article, key="r1", position=1)
    make_source(article, key="r2", position=1)

    assert [source.key for source in stored_sources(article)] == ["r1", "r2", "r3"]
    assert [source.key for source in stored_sources(other)] == ["r1"]


def test_the_unsaved_sources_and_authors_of_a_form_go_before_the_stored_ones(
    django_assert_num_queries,
):
    article = make_article()
    article.authors.add(make_author("Ines Okonjo-Hale"))
    unsaved = [make_author("Tomas Lindqvist")]

    with django_assert_num_queries(0):
        inputs = read_inputs(article, sources=[], labels=publishing.Labels(authors=unsaved))

    assert (inputs.sources, inputs.authors) == ([], unsaved)
    assert inputs.bylines == [{"name": "Tomas Lindqvist", "slug": "tomas-lindqvist"}]
    assert [author.name for author in read_inputs(article).authors] == ["Ines Okonjo-Hale"]
    assert [source.key for source in read_inputs(article).sources] == ["r1"]


def test_authors_sign_in_the_order_in_which_they_were_entered():
    article = make_article()
    ines, tomas = make_author("Ines Okonjo-Hale"), make_author("Tomas Lindqvist")
    article.authors.add(tomas)
    article.authors.add(ines)

    assert build(article).version.bylines == [
        {"name": "Ines Okonjo-Hale", "slug": "ines-okonjo-hale"},
        {"name": "Tomas Lindqvist", "slug": "tomas-lindqvist"},
    ]


# On an update


def override_all(article):
    by = make_user(group="Publisher")
    for hold in build(article).holds:
        publishing.override(article, fingerprint=hold.fingerprint, reason="So.", by=by, at=NOON)


def test_only_the_holds_that_the_live_version_had_become_queries():
    article, twin = make_article(framing_note=""), make_article(framing_note="")
    override_all(article)
    publishing.publish(article, by=None, at=NOON)
    article.body = twin.body = "The harbour is closed [@zz]."

    levels = [
        {finding.code: finding.level.value for finding in build(each).findings}
        for each in (article, twin)
    ]

    assert [(each["framing-note-missing"], each["citation-unknown"]) for each in levels] == [
        ("query", "hold"),
        ("hold", "hold"),
    ]


def test_a_hold_fixed_by_an_update_holds_again_when_it_comes_back():
    article = make_article(framing_note="")
    override_all(article)
    publishing.publish(article, by=None, at=NOON)
    for note in ("We lead with the harbour.", ""):
        article.framing_note = note
        article.save()
        if note:
            publishing.update(article, by=None, at=NOON, note="Framed.")

    assert finding_of(article, "framing-note-missing").level == "hold"


def test_a_version_stores_the_findings_of_its_own_article():
    article = make_article(body="The harbour is closed [@r1].")
    make_article(framing_note="")

    version = publishing.publish(article, by=None, at=NOON)

    version.refresh_from_db()
    assert version.findings == [finding_of(article, "single-origin").as_dict() | {"level": "query"}]


# Evidence


def test_only_the_bytes_of_cited_posts_are_kept_from_the_time_of_publication():
    posts = []
    for letter in "ab":
        channel = make_channel()
        capture = Capture.objects.create(
            channel=channel, sha256=letter * 64, fetched_at=NOON, size=3, body=letter.encode() * 3
        )
        posts.append(make_post(channel=channel))
        add_version(posts[-1], text="The harbour is shut.", capture=capture)
    article = make_article(sources=False)
    make_source(article, post=posts[0])

    publishing.publish(article, by=None, at=later(hours=3))

    kept = Evidence.objects.get()
    assert (kept.post_version, bytes(kept.body)) == (posts[0].latest_version, b"aaa")
    assert kept.kept_at == later(hours=3)


def test_what_is_still_to_come_depends_on_when_it_is_asked():
    article = make_article(body="The last ships sailed on 1 July 2026 [@r1].")

    def asked(at):
        return {finding.code for finding in publishing.vet(article, at=at)}

    assert "future-time" in asked(NOON)
    assert "future-time" not in asked(later(days=30))
