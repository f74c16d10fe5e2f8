import pytest

from articles import publishing
from articles.models import Acknowledgement, Act, Article, Override
from tests.factories import NOON, later, make_article, make_live_article, make_user
from wires.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(group="Editor")


@pytest.fixture
def publisher():
    return make_user(group="Publisher")


def a_hold():
    article = make_article(framing_note="")
    (hold,) = publishing.draw_up(article, at=NOON).holds
    return article, hold.fingerprint


def test_a_hold_passes_by_a_second_persons_reason_which_is_published(editor, publisher):
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


def test_what_does_not_stand_is_not_overridden(publisher):
    article, fingerprint = a_hold()
    Article.objects.filter(pk=article.pk).update(framing_note="We lead with the harbour.")

    with pytest.raises(publishing.NotStanding):
        publishing.override(article, fingerprint=fingerprint, reason="So.", by=publisher, at=NOON)


def test_an_acknowledgement_lifts_that_a_post_is_gone_and_no_other_hold(editor):
    article, fingerprint = a_hold()
    gone = make_article()
    Post.objects.filter(wire_sources__article=gone).update(state="withdrawn", withdrawn_at=NOON)
    (hold,) = publishing.draw_up(gone, at=later(hours=1)).holds

    with pytest.raises(publishing.NotStanding):
        publishing.acknowledge(article, fingerprint=fingerprint, note="Seen.", by=editor, at=NOON)
    publishing.acknowledge(
        gone, fingerprint=hold.fingerprint, note="Seen.", by=editor, at=later(hours=1)
    )

    assert Acknowledgement.objects.get().code == "source-deleted"
    assert publishing.publish(gone, by=editor, at=later(hours=1)).overrides


def test_the_desk_asks_for_the_reason_and_says_who_must_publish(client, publisher):
    article, fingerprint = a_hold()
    client.force_login(publisher)
    path = f"/desk/articles/article/{article.pk}/lift/{fingerprint}/"

    form = client.get(f"/desk/articles/article/{article.pk}/change/").content.decode()
    asked = client.get(path).content.decode()
    client.post(path, {"note": "A brief."})

    assert path in form
    assert "Another editor than you must then publish" in asked
    assert Override.objects.get().by == publisher


@pytest.mark.parametrize("group", ["Wire desk", "Writer", "Editor"])
def test_the_desk_lets_nobody_else_override(client, group):
    article, fingerprint = a_hold()
    client.force_login(make_user(group=group))

    response = client.post(
        f"/desk/articles/article/{article.pk}/lift/{fingerprint}/", {"note": "So."}
    )

    assert response.status_code == 403
    assert not Override.objects.exists()


def test_a_hold_that_is_gone_leads_back_to_the_article(client, publisher):
    live = make_live_article()
    client.force_login(publisher)

    response = client.get(f"/desk/articles/article/{live.pk}/lift/{'a' * 64}/")

    assert response.url == f"/desk/articles/article/{live.pk}/change/"
