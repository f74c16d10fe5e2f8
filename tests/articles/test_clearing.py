"""Holds on an article, how they are cleared, and that no way of publishing avoids them."""

from functools import partial

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction

from articles import publishing
from articles.models import Acknowledgement, Act, Article, Override, OverrideRequest
from articles.publishing import clearing, releasing
from articles.publishing.inputs import read_inputs
from articles.vetting import title_of
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.commands import run_command
from tests.newsroom.factories import make_user
from tests.pages import shown
from wires.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user(group="Publisher")


def a_hold():
    article = make_article(framing_note="")
    (hold,) = publishing.build_snapshot(article, at=NOON).holds
    return article, hold.fingerprint


def test_a_hold_is_overridden_by_a_second_person_whose_reason_is_published(editor, publisher):
    article, fingerprint = a_hold()

    publishing.override(article, fingerprint=fingerprint, reason="A brief.", by=publisher, at=NOON)
    version = publishing.publish(article, by=editor, at=NOON)

    assert version.overrides[0]["reason"] == "A brief."
    assert Act.objects.filter(verb="override", by=publisher).exists()


def test_only_a_publisher_overrides_and_never_without_a_reason(editor, publisher):
    article, fingerprint = a_hold()

    with pytest.raises(publishing.NotAllowed):
        publishing.override(article, fingerprint=fingerprint, reason="So.", by=editor, at=NOON)
    with pytest.raises(publishing.NoteMissing):
        publishing.override(article, fingerprint=fingerprint, reason=" ", by=publisher, at=NOON)

    assert not Override.objects.exists()


def test_an_override_revoked_while_publishing_holds_the_article(editor, publisher, monkeypatch):
    article, fingerprint = a_hold()
    publishing.override(article, fingerprint=fingerprint, reason="A brief.", by=publisher, at=NOON)

    def revoke_first(*arguments):
        Override.objects.all().delete()
        return read_inputs(*arguments)

    # The first read inside the transaction: the clearance was read before it.
    monkeypatch.setattr(releasing, "read_inputs", revoke_first)
    with pytest.raises(publishing.HeldByChecks):
        publishing.publish(article, by=editor, at=NOON)

    article.refresh_from_db()
    assert article.live_version is None


def test_a_hold_that_is_not_current_cannot_be_overridden(publisher):
    article, fingerprint = a_hold()
    Article.objects.filter(pk=article.pk).update(framing_note="We lead with the harbour.")

    with pytest.raises(publishing.NotCurrent):
        publishing.override(article, fingerprint=fingerprint, reason="So.", by=publisher, at=NOON)


def test_an_acknowledgement_clears_a_deleted_post_and_no_other_hold(editor):
    article, fingerprint = a_hold()
    cites_deleted = make_article()
    Post.objects.filter(wire_sources__article=cites_deleted).update(
        state="withdrawn", withdrawn_at=NOON
    )
    (hold,) = publishing.build_snapshot(cites_deleted, at=later(hours=1)).holds

    with pytest.raises(publishing.NotCurrent):
        publishing.acknowledge(article, fingerprint=fingerprint, note="Seen.", by=editor, at=NOON)
    publishing.acknowledge(
        cites_deleted, fingerprint=hold.fingerprint, note="Seen.", by=editor, at=later(hours=1)
    )

    assert Acknowledgement.objects.get().code == "source-deleted"
    assert publishing.publish(cites_deleted, by=editor, at=later(hours=1)).overrides


def test_the_override_page_asks_for_a_reason_and_says_who_must_publish(client, publisher):
    article, fingerprint = a_hold()
    client.force_login(publisher)
    path = f"/desk/articles/article/{article.pk}/override/{fingerprint}/"

    form = client.get(f"/desk/articles/article/{article.pk}/change/").content.decode()
    asked = client.get(path).content.decode()
    client.post(path, {"note": "A brief."})

    assert path in form
    assert "Another editor must then publish" in asked
    assert Override.objects.get().by == publisher


@pytest.mark.parametrize("group", ["Wire desk", "Writer", "Editor"])
def test_the_override_page_is_refused_to_everyone_but_publishers(client, group):
    article, fingerprint = a_hold()
    client.force_login(make_user(group=group))

    response = client.post(
        f"/desk/articles/article/{article.pk}/override/{fingerprint}/", {"note": "So."}
    )

    assert response.status_code == 403
    assert not Override.objects.exists()


def test_overriding_a_hold_that_no_longer_applies_returns_to_the_article(client, publisher):
    live = make_live_article()
    client.force_login(publisher)

    response = client.get(f"/desk/articles/article/{live.pk}/override/{'a' * 64}/")

    assert response.url == f"/desk/articles/article/{live.pk}/change/"


def test_words_that_clear_a_finding_are_kept_up_to_their_limits(editor, publisher):
    article, fingerprint = a_hold()
    (query,) = [each for each in publishing.vet(article, at=NOON) if each.level == "query"]

    row = publishing.override(
        article, fingerprint=fingerprint, reason=f" {'x' * 501}", by=publisher, at=NOON
    )
    seen = publishing.acknowledge(
        article, fingerprint=query.fingerprint, note=f" {'y' * 301}", by=editor, at=NOON
    )

    assert (row.reason, seen.note) == ("x" * 500, "y" * 300)
    assert (row.code, seen.code) == ("framing-note-missing", query.code)


def test_a_second_person_is_asked_about_as_many_holds_as_anybody_overrides(editor, monkeypatch):
    monkeypatch.setattr(clearing, "MOST_HOLDS", 1)
    article = make_article(framing_note="", body="The harbour is closed [@zz].")
    first, second = publishing.build_snapshot(article, at=NOON).holds

    asked = publishing.request_override(article, by=editor, at=NOON)

    assert asked.holds == [
        {"code": first.code, "fingerprint": first.fingerprint, "message": first.message}
    ]
    assert second.code != first.code


def test_what_cannot_be_cleared_or_undone_is_told_in_a_sentence(editor, publisher):
    article, fingerprint = a_hold()

    for act, said in (
        (partial(publishing.acknowledge, fingerprint=fingerprint, note=""),
         "This hold can only be overridden, not acknowledged."),
        (partial(publishing.acknowledge, fingerprint="a" * 64, note=""),
         "This finding no longer applies to the saved article."),
        (partial(publishing.revoke, fingerprint=fingerprint),
         "There is nothing to undo: nobody has cleared this finding."),
    ):  # fmt: skip
        with pytest.raises(publishing.NotCurrent) as refused:
            act(article, by=editor, at=NOON)
        assert str(refused.value) == said


# What is stored and shown


def override(article, by, reason="A brief.", at=NOON):
    for hold in publishing.build_snapshot(article, at=at).holds:
        publishing.override(article, fingerprint=hold.fingerprint, reason=reason, by=by, at=at)


def acknowledge_all(article, by, note="", at=NOON):
    for finding in publishing.build_snapshot(article, at=at).findings:
        if finding.level == "query":
            publishing.acknowledge(
                article, fingerprint=finding.fingerprint, note=note, by=by, at=at
            )


def public_page(client, article):
    article.refresh_from_db()
    return shown(client, article)


def test_the_public_page_lists_overridden_holds_with_who_and_why(client, editor, publisher):
    article = make_article(framing_note="")
    override(article, publisher)
    acknowledge_all(article, editor, note="There is no second.")

    version = publishing.publish(article, by=editor, at=NOON)

    page = public_page(client, article)
    assert "Flagged by our checks, published anyway" in page
    assert title_of("framing-note-missing") in page
    assert "overridden by a second person" in page
    assert "A brief." in page
    assert "query acknowledged by an editor" in page
    assert "There is no second." in page
    assert [entry["code"] for entry in version.acknowledgements] == ["single-origin"]


def test_the_public_page_does_not_mention_overrides_when_there_are_none(client):
    assert "Flagged by our checks, published anyway" not in public_page(client, make_live_article())


def test_a_one_person_desk_says_that_the_editor_overrode_the_hold(client, publisher, settings):
    settings.DESK_SECOND_PERSON = False
    article = make_article(framing_note="")
    override(article, publisher)

    publishing.publish(article, by=publisher, at=NOON)

    assert "overridden by its editor, without a second person" in public_page(client, article)


def test_whoever_overrode_a_hold_cannot_publish_even_the_author(publisher, editor):
    article = make_article(framing_note="", created_by=publisher)
    override(article, publisher)

    with pytest.raises(publishing.HeldByChecks) as held:
        publishing.publish(article, by=publisher, at=NOON)
    publishing.publish(article, by=editor, at=NOON)

    assert len(held.value.uncounted) == 1
    assert article.is_live


def test_the_public_page_names_a_deleted_post_that_was_acknowledged(client, editor):
    article = make_article()
    Post.objects.filter(wire_sources__article=article).update(state="withdrawn", withdrawn_at=NOON)
    (hold,) = publishing.build_snapshot(article, at=later(hours=1)).holds
    publishing.acknowledge(
        article, fingerprint=hold.fingerprint, note="", by=editor, at=later(hours=1)
    )

    publishing.publish(article, by=editor, at=later(hours=1))

    page = public_page(client, article)
    assert title_of("source-deleted") in page
    assert "acknowledged by an editor" in page
    assert "The outlet withdrew a post cited here." in page


def test_an_update_keeps_earlier_overrides_that_still_apply(client, editor, publisher):
    article = make_article(framing_note="")
    override(article, publisher)
    publishing.publish(article, by=editor, at=NOON)
    Article.objects.filter(pk=article.pk).update(body="The harbour is shut [@r1].")

    # By the same publisher: on an update it is no longer a hold.
    second = publishing.update(article, by=publisher, at=later(hours=1), note="A word.")

    assert [entry["reason"] for entry in second.overrides] == ["A brief."]
    assert "A brief." in public_page(client, article)
    Article.objects.filter(pk=article.pk).update(framing_note="We lead with the harbour.")
    third = publishing.update(article, by=editor, at=later(hours=2), note="The note.")
    assert third.overrides == []


def test_an_acknowledgement_and_an_override_can_be_undone(editor, publisher):
    article, fingerprint = a_hold()
    acknowledge_all(article, editor)
    query = Acknowledgement.objects.get().fingerprint
    publishing.override(article, fingerprint=fingerprint, reason="So.", by=publisher, at=NOON)

    with pytest.raises(publishing.NotAllowed):
        publishing.revoke(article, fingerprint=fingerprint, by=editor, at=NOON)
    publishing.revoke(article, fingerprint=query, by=editor, at=NOON)
    publishing.revoke(article, fingerprint=fingerprint, by=publisher, at=NOON)
    with pytest.raises(publishing.NotCurrent):
        publishing.revoke(article, fingerprint=fingerprint, by=publisher, at=NOON)

    assert not Acknowledgement.objects.exists()
    with pytest.raises(publishing.HeldByChecks):
        publishing.publish(article, by=editor, at=NOON)


# A second person


def test_an_override_request_stays_open_until_every_hold_is_cleared(client, editor, publisher):
    article = make_article(framing_note="", body="The harbour is closed [@zz].")

    publishing.request_override(article, by=editor, at=NOON)
    client.force_login(publisher)
    waiting = client.get("/desk/").content.decode()
    override(article, publisher)

    assert "Waiting for a second person" in waiting
    assert f"/desk/articles/article/{article.pk}/change/" in waiting
    assert title_of("citation-unknown") in waiting
    assert not OverrideRequest.objects.exists()
    assert "Nothing is waiting for a second person." in client.get("/desk/").content.decode()


def test_an_override_is_requested_only_by_a_publisher_and_only_with_a_hold(editor):
    held, clean = make_article(framing_note=""), make_article()

    with pytest.raises(publishing.NotAllowed):
        publishing.request_override(held, by=make_user(group="Writer"), at=NOON)
    with pytest.raises(publishing.NotCurrent):
        publishing.request_override(clean, by=editor, at=NOON)

    assert not OverrideRequest.objects.exists()


def test_publishing_closes_the_override_request(editor):
    article, waiting = make_article(framing_note=""), make_article(framing_note="")
    for held in (article, waiting):
        publishing.request_override(held, by=editor, at=NOON)
    Article.objects.filter(pk=article.pk).update(framing_note="We lead with the harbour.")

    publishing.publish(article, by=editor, at=NOON)

    assert OverrideRequest.objects.get().article == waiting


@pytest.mark.parametrize("group", ["Wire desk", "Writer", "Editor"])
def test_only_publishers_see_open_override_requests(client, editor, group):
    publishing.request_override(make_article(framing_note=""), by=editor, at=NOON)
    client.force_login(make_user(group=group))

    page = shown(client, "/desk/")

    assert 'class="work"' in page
    assert "Waiting for a second person" not in page


# Withdrawing is never held


def test_a_held_article_can_still_be_withdrawn(editor):
    article = make_live_article()
    Article.objects.filter(pk=article.pk).update(framing_note="", body="Closed [@zz].")

    publishing.withdraw(article, by=editor, at=NOON, note="A forgery.")

    article.refresh_from_db()
    assert article.status == "withdrawn"


# The other ways to publish


def publish_selected(client, *articles):
    data = {
        "action": "publish_selected", "index": 0, "confirmed": "yes",
        "_selected_action": [a.pk for a in articles],
    }  # fmt: skip
    return client.post("/desk/articles/article/", data, follow=True).content.decode()


def test_the_bulk_action_publishes_articles_without_holds_and_names_held_ones(client, editor):
    clean = make_article(headline="Clean")
    held, live = make_article(headline="Held", framing_note=""), make_live_article(headline="Live")
    client.force_login(editor)

    page = publish_selected(client, clean, held, live)

    clean.refresh_from_db()
    held.refresh_from_db()
    assert (clean.status, held.status) == ("live", "draft")
    assert "“Clean” is public." in page
    assert f"“Held” is held. {title_of('framing-note-missing')}" in page
    assert "“Live” is not published. Only a draft" in page


def test_a_writer_has_no_bulk_action_that_publishes(client):
    article = make_article()
    client.force_login(make_user(group="Writer"))

    publish_selected(client, article)

    article.refresh_from_db()
    assert article.status == "draft"


def publish(*slugs, **options):
    """Run the command; return its exit status, output and errors."""
    return run_command("publish", *slugs, no_color=True, **options)


def test_the_publish_command_publishes_by_slug():
    article = make_article(slug="ships")

    status, out, _ = publish("ships")

    article.refresh_from_db()
    assert (status, article.status) == (0, "live")
    assert article.get_absolute_url() in out


def test_the_publish_command_skips_held_articles_and_publishes_the_rest():
    make_article(slug="held", framing_note="")
    make_article(slug="clean")

    status, out, _ = publish("held", "clean")

    assert status == 1
    assert "framing-note-missing" in out
    assert sorted(Article.objects.values_list("slug", "status")) == [
        ("clean", "live"), ("held", "draft"),
    ]  # fmt: skip


def test_the_publish_command_says_in_one_line_what_cannot_be_published():
    live = make_live_article(slug="live")

    status, _, err = publish("nothing", live.slug)

    assert status == 2
    assert len(err.splitlines()) == 2
    with pytest.raises(CommandError, match="Nobody at the desk is called ada"):
        publish("live", by="ada")


def test_the_publish_command_needs_a_second_person_when_it_acts_for_a_user(publisher):
    article = make_article(slug="held", framing_note="")
    override(article, publisher)

    status, *_ = publish("held", by=publisher.username)

    assert status == 1
    assert publish("held")[0] == 0


TOO_LARGE = {"framing_note": "We lead with the harbour. " * 1_000}


def test_text_that_is_too_large_cannot_be_overridden(client, publisher):
    article = make_article(**TOO_LARGE)
    (finding,) = publishing.build_snapshot(article, at=NOON).holds
    client.force_login(publisher)
    path = f"/desk/articles/article/{article.pk}/override/{finding.fingerprint}/"

    with pytest.raises(publishing.NeverOverridden):
        publishing.override(
            article, fingerprint=finding.fingerprint, reason="Long.", by=publisher, at=NOON
        )
    form = client.get(f"/desk/articles/article/{article.pk}/change/").content.decode()
    posted = client.post(path, {"note": "Long."})

    assert finding.code == "too-large"
    assert path not in form
    assert posted.url == f"/desk/articles/article/{article.pk}/change/"
    assert not Override.objects.exists()


def test_an_override_of_text_that_is_too_large_cannot_be_stored(publisher):
    article = make_article()

    with pytest.raises(IntegrityError, match="too_large"), transaction.atomic():
        Override.objects.create(
            article=article, code="too-large", fingerprint="a" * 64, reason="Long.",
            by=publisher, at=NOON,
        )  # fmt: skip


def test_a_second_person_is_not_asked_about_text_that_is_too_large(editor):
    with pytest.raises(publishing.NeverOverridden):
        publishing.request_override(make_article(**TOO_LARGE), by=editor, at=NOON)

    assert not OverrideRequest.objects.exists()


def test_a_body_too_large_to_be_rendered_is_not_published(editor):
    article = make_article(body="The harbour is closed [@r1]. " + "[a](b) " * 20_000)

    with pytest.raises(publishing.HeldByChecks) as held:
        publishing.publish(article, by=editor, at=NOON)

    assert [each.code for each in held.value.findings] == ["too-large"]
