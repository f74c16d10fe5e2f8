"""The public version as the checks read it: as it was frozen, and as its posts were then."""

from dataclasses import replace

import pytest

from articles import publishing, vetting
from articles.models import Article, ArticleVersion, Image
from articles.publishing.live import Carried, _at_that_time, _lead, read_carried, read_live
from tests.articles.factories import make_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

CONTEXT = vetting.Context(now=NOON, outlet_directory=[])


def make_version(**fields):
    picture = Image(
        id=4, sha256="a" * 64, extension="png", width=40, height=30,
        alt="By now", credit="By now", caption="By now",
    )  # fmt: skip
    return ArticleVersion(image=picture, **fields)


def test_the_picture_at_the_head_has_the_words_that_were_frozen():
    version = make_version(image_alt="A quay", image_credit="A. Hale", image_caption="At noon")

    lead = _lead(version)

    assert (lead.id, lead.width, lead.height) == (4, 40, 30)
    assert (lead.alt, lead.credit, lead.caption) == ("A quay", "A. Hale", "At noon")
    assert _lead(ArticleVersion()) is None


def make_ref(**fields):
    return vetting.SourceRef(
        key="r1",
        number=1,
        outlet="Kestrel",
        platform="rss",
        native_id="7",
        url="",
        text=None,
        **fields,
    )


def test_a_source_as_it_was_has_what_came_up_to_that_moment_and_nothing_later():
    moments = (later(seconds=-1), NOON, later(seconds=1))
    ref = make_ref(
        versions=tuple(vetting.PostText(at=at, text=f"{at:%S}") for at in moments), edits=moments
    )

    was = _at_that_time(ref, NOON)

    assert [each.at for each in was.versions] == [*was.edits] == [*moments[:2]]
    assert was.text == ""


@pytest.mark.parametrize(
    ("deleted_at", "then"), [(None, None), (NOON, NOON), (later(seconds=1), None)]
)
def test_a_withdrawal_counts_from_its_moment_on(deleted_at, then):
    assert _at_that_time(make_ref(deleted_at=deleted_at), NOON).deleted_at == then


def test_what_is_not_live_carries_nothing_and_asks_no_database():
    version = ArticleVersion(overrides=[{"fingerprint": "f"}], findings=[{"fingerprint": "f"}])

    for article in (
        Article(status="draft", live_version=version),
        Article(status="live", live_version=None),
        Article(status="live", live_version=ArticleVersion(findings=[{"fingerprint": "f"}])),
    ):
        assert read_carried(article, (), CONTEXT) == Carried()


@pytest.fixture
def overridden(db):
    """Return a live article that has one hold, which was overridden."""
    article = make_article(framing_note="")
    hold = publishing.build_snapshot(article, at=NOON).holds[0]
    publishing.override(
        article,
        fingerprint=hold.fingerprint,
        reason="So.",
        by=make_user(group="Publisher"),
        at=NOON,
    )
    publishing.publish(article, by=None, at=NOON)
    return Article.objects.get(pk=article.pk)


def test_a_live_version_carries_its_overrides_where_nothing_holds_the_draft(overridden):
    [entry] = overridden.live_version.overrides

    carried = read_carried(overridden, (), CONTEXT)

    assert [*carried.overrides.values()] == [entry]
    assert {*carried.overrides} <= carried.fingerprints
    assert len(carried.fingerprints) == len(overridden.live_version.findings)


def test_a_hold_that_no_version_stored_is_carried_where_todays_rules_find_it_in_the_live_text(
    overridden,
):
    findings = publishing.build_snapshot(overridden, at=NOON).findings
    hold = next(each for each in findings if each.code == "framing-note-missing")
    overridden.live_version.findings, overridden.live_version.overrides = [], []

    carried = read_carried(overridden, [replace(hold, level=vetting.Level.HOLD)], CONTEXT)

    assert hold.fingerprint in carried.fingerprints
    assert carried.overrides == {}


def test_a_live_version_is_read_with_its_frozen_words(overridden):
    version = overridden.live_version
    Article.objects.filter(pk=overridden.pk).update(headline="Another")

    piece = read_live(overridden, version).piece()

    assert (piece.headline, piece.body) == (version.headline, version.body)
    assert [source.key for source in piece.sources] == ["r1"]
