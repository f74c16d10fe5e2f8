"""What publishing freezes: every column is in the list, and every input is in the stamp."""

from datetime import timedelta
from functools import partial

import pytest

from articles import publishing, vetting
from articles.erasure import erase_post
from articles.models import (
    Article,
    ArticleVersion,
    Author,
    Image,
    Section,
    Topic,
    VersionSource,
    WireSource,
)
from articles.models.frozen import (
    FROZEN_OF_ARTICLE,
    FROZEN_OF_SOURCE,
    ONLY_IN_FORM,
    WORDS,
    WORKING_COPY,
)
from articles.publishing import releasing
from articles.publishing.inputs import read_inputs
from articles.publishing.snapshot import build_snapshot
from tests.articles.factories import (
    make_article,
    make_author,
    make_section,
    make_source,
    make_topic,
)
from tests.articles.twins import finding_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_outlet, make_post
from wires.models import Channel, Outlet, Post

pytestmark = pytest.mark.django_db

POST = "The harbour is closed. The harbour is closed until noon."
LEAD, IN_BODY = "a" * 64, "b" * 64
NO_NOTE, ONE_ORIGIN = "framing-note-missing", "single-origin"


def make_image(sha256, **fields):
    return Image.objects.create(
        sha256=sha256,
        **{
            "extension": "png",
            "width": 40,
            "height": 30,
            "size": 99,
            "alt": "A quay",
            "credit": "Harbour Wire",
            "caption": "The quay at noon",
            "uploaded_at": NOON,
        }
        | fields,
    )


@pytest.fixture
def article():
    """An article with everything in it that a version can freeze."""
    picture = make_image(IN_BODY)
    article = make_article(
        sources=False,
        body=f"“The harbour is closed” [@r1].\n\n![](image:{picture.pk})",
        social_text="Ships turn back.",
        image=make_image(LEAD),
    )
    article.authors.add(make_author())
    article.topics.add(make_topic("Ports"))
    make_source(article, post=make_post(text=POST), note="First to say so.")
    make_source(article, key="r2", post=make_post(text=POST), role="background", position=1)
    return article


def change(queryset, **columns):
    assert queryset.update(**columns)


def of(sha256):
    return Image.objects.filter(sha256=sha256)


def r1():
    return WireSource.objects.filter(key="r1")


def first_post():
    return Post.objects.filter(wire_sources__key="r1").get()


def channel():
    return Channel.objects.filter(pk=first_post().channel_id)


def outlet():
    return Outlet.objects.filter(pk=first_post().channel.outlet_id)


def make_decorative(sha256):
    change(of(sha256), alt="", is_decorative=True)


def cite_the_present_words():
    change(r1(), version=add_version(first_post(), text=POST + " More soon.", at=later(hours=-1)))


def withdraw_post():
    change(Post.objects.filter(pk=first_post().pk), state=Post.State.WITHDRAWN, withdrawn_at=NOON)


def sign_by_another():
    Article.objects.get().authors.add(make_author("Tomas Lindqvist"))


def translate_another():
    article = Article.objects.get()
    original = make_article(headline="Calvera weist Schiffe ab", language="de")
    change(Article.objects.filter(pk=article.pk), original=original)


def put_under_a_topic():
    Article.objects.get().topics.add(make_topic())


OF_WORKING_COPY = {
    **{name: partial(change, Article.objects, **{name: "Ships wait."}) for name in WORDS},
    "body": lambda: change(Article.objects, body="The harbour is closed [@r1]."),
    "slug": lambda: change(Article.objects, slug="calvera-lets-ships-in"),
    "language": lambda: change(Article.objects, language="en-GB"),
    "original": translate_another,
    "section": lambda: change(Article.objects, section=make_section("Markets")),
    "authors": sign_by_another,
    "topics": put_under_a_topic,
    "image": lambda: change(Article.objects, image=of(IN_BODY).get()),
    "image_caption": lambda: change(Article.objects, image_caption="Ships at the quay"),
}
OF_OTHERS = {
    "status": lambda: change(Article.objects, status=Article.Status.REVIEW),
    "embargo_until": lambda: change(Article.objects, embargo_until=NOON + timedelta(days=1)),
    "name of an author": lambda: change(Author.objects, name="I. Okonjo-Hale"),
    "slug of an author": lambda: change(Author.objects, slug="okonjo-hale"),
    "name of a topic": lambda: change(Topic.objects, name="The harbours"),
    "slug of a topic": lambda: change(Topic.objects, slug="the-harbours"),
    "alt of the lead": lambda: change(of(LEAD), alt="A crane"),
    "credit of the lead": lambda: change(of(LEAD), credit="Meridian Press"),
    "caption of the lead": lambda: change(of(LEAD), caption="A crane at noon"),
    "decorative lead": lambda: make_decorative(LEAD),
    "file of the lead": lambda: change(of(LEAD), sha256="c" * 64),
    "alt in the body": lambda: change(of(IN_BODY), alt="A crane"),
    "credit in the body": lambda: change(of(IN_BODY), credit="Meridian Press"),
    "caption in the body": lambda: change(of(IN_BODY), caption="A crane at noon"),
    "decorative in the body": lambda: make_decorative(IN_BODY),
    "file in the body": lambda: change(of(IN_BODY), sha256="c" * 64),
    "size in the body": lambda: change(of(IN_BODY), width=80),
    "height in the body": lambda: change(of(IN_BODY), height=80),
    "format in the body": lambda: change(of(IN_BODY), extension="jpg"),
    "picture gone from the body": lambda: of(IN_BODY).delete(),
    "key": lambda: change(r1(), key="r9"),
    "role": lambda: change(r1(), role="corroborates"),
    "note": lambda: change(r1(), note="The first to say so."),
    "position": lambda: change(r1(), position=7),
    "passages": lambda: change(r1(), passages=[{"exact": POST[:21], "start": 23}]),
    "cited_at": lambda: change(r1(), cited_at=later(hours=-2)),
    "post": lambda: change(r1(), post=Post.objects.exclude(pk=first_post().pk).get()),
    "version": cite_the_present_words,
    "source gone": lambda: r1().delete(),
    "source more": lambda: make_source(Article.objects.get(), key="r3"),
    "edit of a post": lambda: add_version(first_post(), text="Open again.", at=NOON),
    "withdrawal of a post": withdraw_post,
    "erasure of a post": lambda: erase_post(
        first_post(), reason="A court order.", by=None, at=NOON
    ),
    "time of a post": lambda: change(
        Post.objects.filter(pk=first_post().pk), posted_at=later(hours=-3)
    ),
    "address of a post": lambda: change(
        Post.objects.filter(pk=first_post().pk), url="https://harbour.example/moved"
    ),
    "id of a post": lambda: change(Post.objects.filter(pk=first_post().pk), native_id="moved"),
    "outlet of a channel": lambda: change(channel(), outlet=make_outlet("Harbour Wire World")),
    "account of a channel": lambda: change(channel(), account="harbour"),
    "platform of a channel": lambda: change(channel(), platform="mastodon"),
    "name of an outlet": lambda: change(outlet(), name="Harbour Wire Service"),
    "aliases of an outlet": lambda: change(outlet(), aliases=["HW"]),
}
UNRELATED = {
    "updated_at": lambda: change(Article.objects, updated_at=later(hours=1)),
    "another article": lambda: make_article(headline="Lindow counts ships"),
    "another picture": lambda: make_image("d" * 64),
    "bio of an author": lambda: change(Author.objects, bio="Writes about ports."),
    "description of a topic": lambda: change(Topic.objects, description="Quays and cranes."),
    "place of a section": lambda: change(Section.objects, position=3),
    "last sight of a post": lambda: change(Post.objects, last_seen_at=later(hours=1)),
    "hiding of a post": lambda: change(Post.objects, hidden_at=NOON, hidden_reason="Spam."),
    "pause of a channel": lambda: change(Channel.objects, paused=True),
}


def frozen(version, sources):
    """Return all that was frozen, but what people cleared: that is no part of a snapshot."""
    cleared = {"overrides", "acknowledgements", "findings"}
    columns = [
        ArticleVersion._meta.get_field(field.name).attname
        for field in FROZEN_OF_ARTICLE
        if field.name not in cleared
    ]
    of_source = [VersionSource._meta.get_field(field.name).attname for field in FROZEN_OF_SOURCE]
    return (
        {column: getattr(version, column) for column in columns},
        [{column: getattr(source, column) for column in of_source} for source in sources],
    )


@pytest.fixture
def publish_while(monkeypatch):
    """Publish an article that somebody changes once it was vetted; return its version,
    what was vetted, and what a snapshot would freeze after the change."""

    def publish(article, act, release=publishing.publish, **fields):
        built, expected, findings = [], [], vetting.findings

        def vet_and_change(piece, context):
            built.append(piece)
            if len(built) == 1:
                act()
                with monkeypatch.context() as patch:
                    patch.setattr(vetting, "findings", findings)
                    stored = Article.objects.select_related("image").get(pk=article.pk)
                    fresh = build_snapshot(stored, at=NOON)
                expected.append(frozen(fresh.version, fresh.sources))
            return findings(piece, context)

        monkeypatch.setattr(vetting, "findings", vet_and_change)
        try:
            version = release(article, by=None, at=NOON, **fields)
        except publishing.Refused:
            version = None
        return version, built, expected[0]

    return publish


@pytest.mark.parametrize("name", [*OF_WORKING_COPY, *OF_OTHERS])
def test_a_version_has_what_changed_while_it_was_vetted_or_is_refused(name, article, publish_while):
    version, built, expected = publish_while(article, (OF_WORKING_COPY | OF_OTHERS)[name])

    assert len(built) == 2 or name == "embargo_until"
    if version is None:
        assert not ArticleVersion.objects.exists()
    else:
        assert frozen(version, version.sources.order_by("number")) == expected


@pytest.mark.parametrize("name", UNRELATED)
def test_a_change_of_what_is_not_frozen_does_not_start_it_again(name, article, publish_while):
    version, built, _ = publish_while(article, UNRELATED[name])

    assert version is not None
    assert len(built) == 1


def test_every_column_of_a_version_is_in_the_list_of_what_is_frozen():
    said = {field.name for field in FROZEN_OF_ARTICLE}
    of_the_act = {"id", "article", "n", "author", "reason", "at", "erased_at"}

    assert said | of_the_act == {field.name for field in ArticleVersion._meta.fields}
    assert not said & of_the_act


def test_every_column_of_a_version_source_is_in_the_list_of_what_is_frozen():
    said = {field.name for field in FROZEN_OF_SOURCE}

    assert said | {"id", "version"} == {field.name for field in VersionSource._meta.fields}


def test_every_field_that_an_editor_fills_in_is_in_the_list_of_what_is_frozen():
    fields = [*Article._meta.fields, *Article._meta.many_to_many]
    editable = {field.name for field in fields if field.editable and not field.auto_created}

    assert set(WORKING_COPY) == editable
    assert set(OF_WORKING_COPY) == editable
    assert set(ONLY_IN_FORM) < set(WORDS) < editable


# By name of the column: what a version is made of, and what it is not.
COLUMNS = {
    Article: (
        {
            "headline", "slug", "standfirst", "body", "framing_note", "social_text", "language",
            "section", "authors", "topics", "image", "image_caption", "status", "embargo_until", "original",
            "live_version", "first_published_at",
        },
        {"id", "created_at", "created_by", "updated_at", "is_demo", "live_section", "live_slug", "live_original", "tag_host"},
    ),
    WireSource: (
        {
            "article", "key", "post", "version", "role", "note", "position", "passages", "cited_at",
            "translation", "translated_by", "translation_confirmed_by",
        },
        {"id"},
    ),
    Image: (
        {"sha256", "extension", "width", "height", "alt", "is_decorative", "credit", "caption"},
        {
            "id", "size", "uploaded_by", "uploaded_at", "is_demo", "rights", "focus_x", "focus_y",
            "renditions", "recipe",
        },
    ),
    Author: ({"name", "slug"}, {"id", "bio", "has_page", "user"}),
    Topic: ({"name", "slug"}, {"id", "description"}),
    Post: (
        {
            "channel", "native_id", "url", "posted_at", "wire_at", "state", "withdrawn_at",
            "latest_version",
        },
        {
            "id", "native_id_hash", "canonical_url", "posted_raw", "first_seen_at",
            "last_seen_at", "is_backfill", "is_service", "withdrawn_by", "withdrawn_reason",
            "hidden_at", "hidden_by", "hidden_reason", "story", "unconfirmed_version", "reverts",
            "went_back_at", "pruned_at",
        },
    ),
    Outlet: (
        {"name", "aliases"},
        {"id", "slug", "country", "language", "affiliation", "excerpt_length", "is_demo"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("model", COLUMNS)
def test_a_new_column_is_said_to_be_part_of_a_version_or_not(model):
    part, no_part = COLUMNS[model]
    fields = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}

    assert part | no_part == fields
    assert not part & no_part


# Acts of others on the same article


def update_it(article, **fields):
    return publishing.update(article, note="A comma.", **fields)


def test_of_two_who_publish_an_article_at_once_one_is_refused(article, publish_while):
    version, built, _ = publish_while(
        article, lambda: publishing.publish(article, by=None, at=NOON, reason="First.")
    )

    assert version is None
    assert len(built) == 2
    assert ArticleVersion.objects.get().reason == "First."
    assert [act.verb for act in article.acts.all()] == ["publish"]


def test_an_update_follows_the_one_that_was_published_while_it_was_vetted(article, publish_while):
    first = publishing.publish(article, by=None, at=NOON)

    third, _, _ = publish_while(
        article,
        lambda: publishing.update(article, by=None, at=NOON, note="A colon."),
        release=update_it,
    )

    second = ArticleVersion.objects.get(reason="A colon.")
    assert [version.n for version in (first, second, third)] == [1, 2, 3]
    corrections = article.corrections.order_by("pk")
    assert [(each.version_before, each.version_after) for each in corrections] == [
        (first, second), (second, third),
    ]  # fmt: skip
    assert Article.objects.get().live_version == third


def test_an_article_withdrawn_while_its_update_is_vetted_stays_withdrawn(article, publish_while):
    publishing.publish(article, by=None, at=NOON)

    version, _, _ = publish_while(
        article,
        lambda: publishing.withdraw(article, by=None, at=NOON, note="A forgery."),
        release=update_it,
    )

    assert version is None
    assert Article.objects.get().status == "withdrawn"
    assert ArticleVersion.objects.count() == 1


def test_another_article_published_while_one_is_vetted_does_not_start_it_again(
    article, publish_while
):
    other = make_article(headline="Lindow counts ships")
    before = []

    def publish_other():
        before.append(publishing.publish(other, by=None, at=NOON))

    version, built, _ = publish_while(article, publish_other)

    assert [piece.headline for piece in built] == [article.headline, other.headline]
    assert (version.article, version.n) == (article, 1)
    assert before[0].article == other


# Clearances that come or go once the article was vetted and they were read


@pytest.fixture
def clear_while(monkeypatch):
    """Publish an article where somebody acts after its clearances were read, and before it is
    written; return its version."""

    def publish(article, act, **fields):
        left = [act]

        def act_first(*arguments):
            if left:
                left.pop()()
            return read_inputs(*arguments)

        # What it first reads inside the transaction.
        monkeypatch.setattr(releasing, "read_inputs", act_first)
        return publishing.publish(article, at=NOON, **fields)

    return publish


def publishers():
    return [make_user(group="Publisher") for _ in range(2)]


def clear_first(article, code, act, **fields):
    act(article, fingerprint=finding_of(article, code).fingerprint, at=NOON, **fields)


def test_an_override_that_another_replaces_while_it_is_written_is_published_as_replaced(
    clear_while, editor
):
    article, (one, another) = make_article(framing_note=""), publishers()
    clear_first(article, NO_NOTE, publishing.override, reason="A brief.", by=one)

    version = clear_while(
        article,
        lambda: clear_first(article, NO_NOTE, publishing.override, reason="A list.", by=another),
        by=editor,
    )

    assert [(entry["reason"], entry["by"]) for entry in version.overrides] == [
        ("A list.", another.username)
    ]


def test_an_override_that_becomes_the_publishers_own_while_it_is_written_holds(clear_while):
    article, (one, another) = make_article(framing_note=""), publishers()
    clear_first(article, NO_NOTE, publishing.override, reason="A brief.", by=one)

    with pytest.raises(publishing.HeldByChecks) as held:
        clear_while(
            article,
            lambda: clear_first(article, NO_NOTE, publishing.override, reason="So.", by=another),
            by=another,
        )

    assert len(held.value.uncounted) == 1
    assert not ArticleVersion.objects.exists()


def test_an_acknowledgement_given_while_it_is_written_is_published(clear_while, editor):
    article = make_article()

    version = clear_while(
        article,
        lambda: clear_first(article, ONE_ORIGIN, publishing.acknowledge, note="Seen.", by=editor),
        by=editor,
    )

    assert [entry["reason"] for entry in version.acknowledgements] == ["Seen."]


def test_an_acknowledgement_taken_back_while_it_is_written_is_not_published(clear_while, editor):
    article = make_article()
    clear_first(article, ONE_ORIGIN, publishing.acknowledge, note="Seen.", by=editor)

    version = clear_while(
        article,
        lambda: clear_first(article, ONE_ORIGIN, publishing.revoke, by=editor),
        by=editor,
    )

    assert version.acknowledgements == []


def test_a_withdrawal_that_is_undone_while_it_is_vetted_is_not_published(article, publish_while):
    withdraw_post()
    editor = make_user(group="Editor")
    clear_first(article, "source-deleted", publishing.acknowledge, note="", by=editor)

    version, built, _ = publish_while(
        article,
        lambda: change(
            Post.objects.filter(state="withdrawn"), state=Post.State.LIVE, withdrawn_at=None
        ),
    )

    assert len(built) == 2
    assert version.overrides == []
