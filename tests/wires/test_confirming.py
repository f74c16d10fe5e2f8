"""Words entered by hand: at the desk only until a second person confirms them."""

import zlib
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from tests.articles.factories import cite, make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.documents import document, raw
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from tests.wires.sites import never_fetched
from wires import ingest
from wires.ingest import FetchedBody, NotConfirmed, confirm, store, take_back
from wires.ingest.hidden_or_withdrawn import reinstate, withdraw
from wires.models import Channel, Confirmation, Evidence, Outlet, Post, PostVersion
from wires.retention import erase

pytestmark = pytest.mark.django_db

LINK = "https://harbour.example/2026/one"
WORDS = "The harbour of Calvera is closed."


@pytest.fixture
def ada():
    return make_user(group="Wire desk", name="ada")


@pytest.fixture
def ines():
    return make_user(group="Writer", name="ines")


def enter(by, *, text=WORDS, url=LINK, at=NOON, **fields):
    """Enter the words of a post by hand."""
    return ingest.paste(
        url,
        by=by,
        at=at,
        fetch=never_fetched,
        parsers=SimpleNamespace(parse=None),
        text=text,
        posted_at=later(hours=-1),
        **fields,
    )


def confirmed(post, by, *, at=NOON):
    confirm(post.newest_version, by=by, at=at)
    return Post.objects.with_newest_words().get(pk=post.pk)


def fetched(channel, *, text=WORDS, title="Calvera closes its harbour", hours=1, body=b"1"):
    page = document(raw(title, native_id=LINK, link=LINK, text=text))
    return store(channel, page, at=later(hours=hours), body=FetchedBody.of(body))


def words_of(client, *pages):
    return {page: client.get(page).content.decode() for page in pages}


def public_pages(post):
    return [
        "/", "/wire/", "/wire/live/", post.get_absolute_url(), f"/wire/outlets/{post.channel.outlet.slug}/",
        "/feed/", "/sitemap.xml",
    ]  # fmt: skip


# Who sees them


def test_words_entered_by_hand_are_seen_at_the_desk_only(client, ada, ines):
    post = enter(ada)

    public = words_of(client, *public_pages(post))
    client.force_login(ines)
    desk = words_of(client, "/desk/wires/post/", f"/desk/wires/post/{post.pk}/change/")

    assert all(WORDS not in page and "harbour.example" not in page for page in public.values())
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(f"/wire/outlets/{post.channel.outlet.slug}/").status_code == 404
    assert all(WORDS in page and "not fetched" in page for page in desk.values())


def test_words_that_a_second_person_confirmed_are_shown_as_copied(client, ada, ines):
    post = confirmed(enter(ada), ines)

    public = words_of(client, *public_pages(post)[1:5])

    # The live wire has no room for more than the first word; the others are heard.
    live = public.pop("/wire/live/")
    assert 'Copied<span class="unseen"> by the desk, not fetched</span>' in live
    assert all("Copied by the desk, not fetched" in page for page in public.values())
    assert "confirmed by a second person" in public[post.get_absolute_url()]
    assert Confirmation.objects.values("how", "by", "entered_by", "at").get() == {
        "how": "second",
        "by": ines.pk,
        "entered_by": ada.pk,
        "at": NOON,
    }


def test_new_words_entered_by_hand_need_a_new_confirmation(client, ada, ines):
    post = confirmed(enter(ada), ines)

    enter(ada, text="The harbour of Calvera is open.", at=later(hours=1))

    page = client.get(post.get_absolute_url()).content.decode()
    post = Post.objects.get()
    assert WORDS in page
    assert "is open" not in page
    assert "Version 2" not in page
    assert (post.state, post.latest_version.n, post.unconfirmed_version.n) == ("live", 1, 2)


def test_a_confirmed_correction_is_an_edit_that_shows_what_changed(client, ada, ines):
    post = confirmed(enter(ada), ines)
    enter(ada, text="The harbour of Calvera is open.", at=later(hours=1))

    post = confirmed(Post.objects.get(), ines, at=later(hours=2))
    cite(post)

    page = client.get(post.get_absolute_url()).content.decode()
    assert (post.state, post.latest_version.n, post.unconfirmed_version) == ("edited", 2, None)
    assert ">open</ins>" in page
    assert "<del>closed</del>" in page


def test_a_live_article_keeps_its_words_while_new_ones_wait(client, ada, ines):
    post = confirmed(enter(ada), ines)
    article = cite(post)

    enter(ada, text="The harbour of Calvera is open.", at=later(hours=1))

    page = client.get(article.get_absolute_url()).content.decode()
    assert "closed" in page
    assert "is open" not in page
    assert "Edited since" not in page


def test_words_that_wait_do_not_end_the_demo(ada, ines):
    demo = make_post(channel=make_channel(outlet=make_outlet("Demo Wire", is_demo=True)))

    post = enter(ada)
    before = Post.objects.get(pk=demo.pk).is_hidden
    confirmed(post, ines)

    assert not before
    assert Post.objects.get(pk=demo.pk).is_hidden


@pytest.mark.parametrize("fields", [{"on_ticker": False}, {}])
def test_confirmed_words_end_the_demo_only_where_they_are_on_the_ticker(ada, ines, fields):
    demo = make_post(channel=make_channel(outlet=make_outlet("Demo Wire", is_demo=True)))
    post = enter(ada)
    Channel.objects.filter(pk=post.channel_id).update(**fields)

    confirmed(post, ines)

    assert Post.objects.get(pk=demo.pk).is_hidden == (not fields)


# Who confirms them


def test_nobody_confirms_their_own_words(ada):
    post = enter(ada)

    with pytest.raises(NotConfirmed, match="ada"):
        confirm(post.newest_version, by=ada, at=NOON)

    assert not Confirmation.objects.exists()


def test_the_database_refuses_a_second_person_who_is_the_first(ada):
    version = enter(ada).newest_version

    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(
            post_version=version, how="second", entered_by=ada, by=ada, at=NOON
        )


def test_an_account_of_today_confirms_nothing(ada):
    post, young = enter(ada), make_user(group="Editor", date_joined=later(hours=-2))

    with pytest.raises(NotConfirmed, match="less than 24 hours old"):
        confirm(post.newest_version, by=young, at=NOON)


def test_a_person_who_may_not_add_posts_confirms_none(ada):
    post = enter(ada)

    with pytest.raises(ingest.NotAllowed):
        confirm(post.newest_version, by=make_user(), at=NOON)


def test_without_a_second_person_the_editor_confirms_alone_and_the_page_says_so(
    client, settings, ada
):
    settings.DESK_SECOND_PERSON = False

    post = enter(ada)
    waiting = client.get(post.get_absolute_url()).status_code
    post = confirmed(post, ada)

    assert waiting == 404
    assert Confirmation.objects.get().how == "alone"
    assert "confirmed by one editor alone" in client.get(post.get_absolute_url()).content.decode()


def test_words_are_confirmed_once(ada, ines):
    post = confirmed(enter(ada), ines)

    with pytest.raises(NotConfirmed, match="already"):
        confirm(post.latest_version, by=ines, at=NOON)


def test_erased_words_are_not_confirmed(ada, ines):
    post = enter(ada)
    erase(post, reason="court order", by=ada, at=NOON)

    with pytest.raises(NotConfirmed, match="removed on legal request"):
        confirm(post.newest_version, by=ines, at=NOON)


# Taken back


def test_a_confirmation_is_taken_back_before_it_was_published(client, ada, ines):
    post = confirmed(enter(ada), ines)
    make_source(make_article(sources=False), post=post)

    take_back(post.latest_version, by=ines)

    assert client.get(post.get_absolute_url()).status_code == 404
    assert Post.objects.get().unconfirmed_version == post.latest_version


def test_a_confirmation_that_an_article_was_published_on_stays(ada, ines):
    post = confirmed(enter(ada), ines)
    cite(post)

    with pytest.raises(NotConfirmed, match="published article"):
        take_back(post.latest_version, by=ines)


def test_a_confirmation_of_words_that_a_later_edit_shows_stays(ada, ines):
    post = confirmed(enter(ada), ines)
    enter(ada, text="The harbour of Calvera is open.")

    with pytest.raises(NotConfirmed, match="newer version"):
        take_back(post.latest_version, by=ines)


def make_erased(ada, ines):
    post = enter(ada)
    erase(post, reason="court order", by=ada, at=NOON)
    return post


def make_published(ada, ines):
    post = enter(ada)
    Confirmation.objects.create(
        post_version=post.newest_version, how="published", entered_by=ada, at=NOON
    )
    return post


def make_cited(ada, ines):
    post = confirmed(enter(ada), ines)
    cite(post)
    return post


def make_edited(ada, ines):
    post = confirmed(enter(ada), ines)
    add_version(post, text="The harbour of Calvera is open.")
    return post


REFUSED = [
    (confirm, make_erased, "The words were removed on legal request, so there is nothing to confirm."),
    (confirm, lambda ada, ines: make_post(),
     "The words were fetched from the outlet, so nobody needs to confirm them."),
    (confirm, lambda ada, ines: confirmed(enter(ada), ines), "The words are confirmed already."),
    (confirm, lambda ada, ines: enter(ines), "It takes two people, and ines would be both of them."),
    (take_back, lambda ada, ines: enter(ada), "These words are not confirmed."),
    (take_back, make_published,
     "Nobody confirmed these words, so nobody can take that back."),
    (take_back, make_cited,
     "A published article has cited these words as confirmed. Update or withdraw that article, and"
     " hide the post."),
    (take_back, make_edited,
     "A newer version is compared with these words. Hide the post instead."),
]  # fmt: skip


@pytest.mark.parametrize(("act", "make", "message"), REFUSED, ids=[each[2] for each in REFUSED])
def test_words_that_cannot_be_confirmed_or_taken_back_stay_and_it_is_said_why(
    act, make, message, ada, ines, django_capture_on_commit_callbacks
):
    post = make(ada, ines)
    version = post.versions.get(n=1)
    before = list(Confirmation.objects.values())
    options = {"at": later(hours=1)} if act is confirm else {}

    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(NotConfirmed) as refused:
        act(version, by=ines, **options)

    assert str(refused.value) == message
    assert (list(Confirmation.objects.values()), callbacks) == (before, [])


def test_each_post_keeps_the_confirmation_of_its_own_words(ada, ines):
    first, second = enter(ada), enter(ines, text="Open.", url=f"{LINK}/two")
    confirm(first.newest_version, by=ines, at=later(hours=1))
    confirm(second.newest_version, by=ada, at=later(hours=2))

    take_back(first.newest_version, by=make_user(group="Wire desk"))

    row = Confirmation.objects.get()
    assert (row.post_version.post, row.how, row.entered_by, row.by, row.at) == (
        second, "second", ines, ada, later(hours=2),
    )  # fmt: skip


@pytest.mark.parametrize(("last", "becomes"), [(-90, -60), (None, -60), (-30, -30)])
def test_confirmed_words_are_the_last_post_of_their_channel_unless_a_later_one_is(
    ada, ines, last, becomes
):
    post, other = enter(ada), make_channel(last_post_at=later(days=-9))
    last_at = None if last is None else later(minutes=last)
    Channel.objects.filter(pk=post.channel_id).update(last_post_at=last_at)

    confirm(post.newest_version, by=ines, at=NOON)

    moments = dict(Channel.objects.values_list("pk", "last_post_at"))
    assert moments == {post.channel_id: later(minutes=becomes), other.pk: later(days=-9)}


# Fetched later


@pytest.mark.parametrize("text", [WORDS, "  The harbour\nof Calvera  is closed. "])
def test_a_post_fetched_later_with_the_same_words_counts_as_fetched(client, ada, text):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    post = enter(ada)

    outcome = fetched(channel, text=text)
    again = fetched(channel, text=text, hours=2, body=b"2")

    post = Post.objects.with_newest_words().get()
    confirmation = Confirmation.objects.select_related("capture").get()
    page = client.get(post.get_absolute_url()).content.decode()
    assert (outcome.new, outcome.versions, again.versions) == (0, 0, 0)
    assert (post.state, post.unconfirmed_version) == ("live", None)
    assert (confirmation.how, confirmation.by) == ("fetched", None)
    assert zlib.decompress(confirmation.capture.body) == b"1"
    assert WORDS in page
    assert "opied by the desk" not in page


def test_words_confirmed_by_a_person_count_as_fetched_once_they_are(ada, ines):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    confirmed(enter(ada), ines)

    fetched(channel)

    assert Confirmation.objects.get().how == "fetched"
    assert Post.objects.get().state == "live"


def test_an_edit_by_the_outlet_after_it_counts_as_fetched_is_a_version(ada):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    enter(ada)
    fetched(channel)

    outcome = fetched(channel, title="Calvera shuts its harbour", hours=2, body=b"2")

    post = Post.objects.get()
    assert outcome.versions == 1
    assert (post.state, post.latest_version.n) == ("edited", 2)


def test_a_post_fetched_later_with_other_words_is_a_version_that_reveals_nothing(client, ada):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    enter(ada, text="The harbour of Calvera burns.")

    fetched(channel)

    post = Post.objects.with_newest_words().get()
    cite(post)
    page = client.get(post.get_absolute_url()).content.decode()
    assert (post.latest_version.n, post.unconfirmed_version, post.state) == (2, None, "live")
    assert "burns" not in page
    assert "Version 1" not in page
    assert PostVersion.objects.get(n=1).is_unconfirmed()


def test_a_withdrawal_undone_leaves_a_post_as_readers_know_it(ada):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    enter(ada, text="The harbour of Calvera burns.")
    fetched(channel)
    post = Post.objects.get()

    withdraw(post, by=ada, reason="Its page answers 404.", at=NOON)
    reinstate(post, by=ada)

    assert post.state == "live"


def test_words_that_count_as_fetched_are_not_replaced_by_hand(ada):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    enter(ada)
    fetched(channel)

    with pytest.raises(ingest.OtherWords):
        enter(ada, text="The harbour of Calvera burns.", at=later(hours=2))


def test_an_erasure_empties_the_bytes_in_which_the_same_words_came(ada):
    channel = make_channel(address="https://harbour.example/feed", last_read_at=NOON)
    post = enter(ada)
    fetched(channel)

    erase(post, reason="court order", by=ada, at=NOON)

    assert Confirmation.objects.get().capture.body is None


# At the desk


def test_a_second_person_confirms_at_the_desk_and_the_log_says_so(client, ada, ines):
    client.force_login(ada)
    client.post(
        reverse("admin:wires_post_paste"),
        {"address": LINK, "text": WORDS, "posted_at": "2026-06-25T02:40"},
    )
    post = Post.objects.get()
    page = reverse("admin:wires_post_confirm", args=[post.pk, 1])

    own = client.get(page).content.decode()
    refused = client.post(page, follow=True).content.decode()
    client.force_login(ines)
    theirs = client.get(page).content.decode()
    done = client.post(page, follow=True).content.decode()

    log = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert "You cannot confirm these words." in own
    assert "It takes two people" in refused
    assert f'href="{LINK}"' in theirs
    assert WORDS in theirs
    assert "Words confirmed." in done
    assert "Undo confirmation" in done
    assert log == [
        "Version 1: words entered by hand.",
        "Version 1: the words entered by ada were confirmed.",
    ]


def test_a_confirmation_is_undone_at_the_desk(client, ada, ines):
    post = confirmed(enter(ada), ines)
    client.force_login(ines)

    page = client.post(reverse("admin:wires_post_take_back", args=[post.pk, 1]), follow=True)

    assert "Confirmation taken back." in page.content.decode()
    assert (
        LogEntry.objects.get().get_change_message() == "Version 1: the confirmation was taken back."
    )


def test_words_that_wait_are_found_at_the_desk(client, ada, ines):
    waiting, other = enter(ada), make_post(text="Somebody else speaks.")
    client.force_login(ines)

    pages = words_of(client, "/desk/", "/desk/wires/post/?words=unconfirmed")
    suggestions = client.get(
        "/desk/autocomplete/",
        {
            "app_label": "articles",
            "model_name": "wiresource",
            "field_name": "post",
            "term": "Calvera",
        },
    ).json()["results"]

    assert f"/desk/wires/post/{waiting.pk}/versions/1/confirm/" in pages["/desk/"]
    assert WORDS in pages["/desk/wires/post/?words=unconfirmed"]
    assert "Somebody else speaks." not in pages["/desk/wires/post/?words=unconfirmed"]
    assert [each["id"] for each in suggestions] == [str(waiting.pk)]
    assert suggestions[0]["text"].endswith("(Copied by the desk, not fetched, not confirmed)")
    assert other.newest_version.captured_by is None


@pytest.mark.parametrize("name", ["wires_post_confirm", "wires_post_take_back"])
def test_the_desk_asks_for_the_right_before_it_looks_for_the_words(client, name):
    client.force_login(make_user())

    assert client.post(reverse(f"admin:{name}", args=[1, 1])).status_code == 403


# Screenshots


def picture(*, kind="PNG", note="taken at 52.5 N"):
    from PIL.PngImagePlugin import PngInfo

    out, info = BytesIO(), PngInfo()
    info.add_text("Comment", note)
    extra = {"pnginfo": info} if kind == "PNG" else {}
    Image.new("RGB", (40, 30), "navy").save(out, format=kind, **extra)
    return out.getvalue()


def add_screenshot(client, body):
    return client.post(
        reverse("admin:wires_post_paste"),
        {
            "address": LINK,
            "text": WORDS,
            "posted_at": "2026-06-25T02:40",
            "screenshot": SimpleUploadedFile("post.png", body, "image/png"),
        },
    )


def test_a_screenshot_is_kept_without_what_its_file_said_and_shown_to_the_desk_alone(client, ada):
    client.force_login(ada)
    add_screenshot(client, picture())
    evidence = Evidence.objects.get()
    address = reverse(
        "admin:wires_post_screenshot", args=[evidence.post_version.post_id, evidence.pk]
    )

    shown = client.get(address)
    page = client.get(reverse("admin:wires_post_confirm", args=[evidence.post_version.post_id, 1]))
    client.logout()
    anonymous = client.get(address)

    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in shown["Cache-Control"]
    assert Image.open(BytesIO(shown.content)).size == (40, 30)
    assert b"52.5 N" not in shown.content
    assert f'src="{address}"' in page.content.decode()
    assert anonymous.status_code == 302


@pytest.mark.parametrize(
    "body", [b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"\x89PNG\r\n\x1a\n"]
)
def test_a_screenshot_that_is_no_picture_is_refused_and_nothing_is_stored(client, ada, body):
    client.force_login(ada)

    answer = add_screenshot(client, body)

    assert answer.status_code == 200
    assert "screenshot" in answer.context["form"].errors
    assert not Post.objects.exists()


def test_a_screenshot_of_another_post_or_person_is_not_found(client, ada):
    client.force_login(ada)
    add_screenshot(client, picture())
    evidence, other = Evidence.objects.get(), make_post()

    elsewhere = client.get(reverse("admin:wires_post_screenshot", args=[other.pk, evidence.pk]))
    client.force_login(make_user())
    without_right = client.get(
        reverse("admin:wires_post_screenshot", args=[evidence.post_version.post_id, evidence.pk])
    )

    assert (elsewhere.status_code, without_right.status_code) == (404, 403)


def test_no_outlet_of_words_that_wait_is_offered_to_readers(client, ada, ines):
    post = enter(ada, url="https://unheard.example/2026/one")
    outlet = Outlet.objects.get(name="unheard.example")

    before = client.get("/wire/").content.decode()
    confirmed(post, ines)
    after = client.get("/wire/").content.decode()

    assert outlet.slug not in before
    assert outlet.slug in after


def test_the_versions_that_wait_are_not_counted_for_readers(client):
    post = make_post()
    for n in range(3):
        add_version(post, text=f"Words {n}.", captured_by=make_user())

    page = client.get(post.get_absolute_url()).content.decode()

    assert page.count("<span>Version ") == 1
    assert "earlier version" not in page
