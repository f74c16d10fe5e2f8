"""import_posts as used: its output, what it stores, and its exit status."""

import io
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.commands import run_command
from tests.waiting import CEILING
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel, make_feed, make_outlet
from tests.wires.unguarded import forget_hashes
from wires.models import Channel, Outlet, Post, PostVersion

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db

TELEGRAM = """<html><body><section class="tgme_channel_history js-message_history">
<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message js-widget_message" data-post="{account}/{number}"
 data-view="eyJjIjotMTAwMSwicCI6Mn0">
<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>
<div class="tgme_widget_message_footer"><div class="tgme_widget_message_info">
<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date"
 href="https://t.me/{account}/{number}"><time datetime="2026-06-25T11:58:00+00:00" class="time">11:58</time></a>
</span></div></div></div></div></section></body></html>
"""


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def run(*arguments):
    """Return the command's output and its exit status."""
    ran = run_command("import_posts", *arguments)
    return ran.out.strip(), ran.status


def test_a_file_is_imported_into_the_channel_with_the_given_code(tmp_path):
    channel = make_channel(code="HARBOUR")
    path = write(tmp_path, "feed.xml", make_feed("One", "Two"))

    output = run(path, "--channel", "HARBOUR")

    assert output == ("2 new posts, 0 new versions, 0 known", 0)
    assert Post.objects.filter(channel=channel).count() == 2


def test_importing_a_file_again_adds_nothing(tmp_path):
    make_channel(code="HARBOUR")
    path = write(tmp_path, "feed.xml", make_feed("One", "Two"))
    run(path, "--channel", "HARBOUR")

    again = run(path, "--channel", "HARBOUR")
    forget_hashes()
    without_hashes = run(path, "--channel", "HARBOUR")

    assert again == without_hashes == ("0 new posts, 0 new versions, 2 known", 0)
    assert PostVersion.objects.count() == 2


def test_importing_an_edited_file_adds_versions(tmp_path):
    make_channel(code="HARBOUR")
    path = write(tmp_path, "feed.xml", make_feed("One", "Two"))
    run(path, "--channel", "HARBOUR")
    write(tmp_path, "feed.xml", make_feed("One", "Two", "Three", text="The port denies it."))

    output = run(path, "--channel", "HARBOUR")

    assert output == ("1 new post, 2 new versions, 0 known", 0)


def test_a_folder_is_imported_in_order_and_unreadable_files_are_named(tmp_path):
    make_channel(code="HARBOUR")
    write(tmp_path, "b.xml", make_feed("Two"))
    write(tmp_path, "a/one.xml", make_feed("One"))
    write(tmp_path, "page.html", "<!doctype html><html><body><p>Log in</p></body></html>")
    write(tmp_path, ".git/hidden.xml", make_feed("Hidden"))

    output, status = run(tmp_path, "--channel", "HARBOUR")

    assert output.startswith("2 new posts, 0 new versions, 0 known, 1 file unreadable: page.html: ")
    assert "\n" not in output
    assert status == 1
    titles = Post.objects.order_by("pk").values_list("latest_version__title", flat=True)
    assert list(titles) == ["One", "Two"]


def test_the_first_three_unreadable_files_are_named_and_the_rest_counted(tmp_path):
    make_channel(code="HARBOUR")
    for n in range(5):
        write(tmp_path, f"{n}.txt", "words")

    output, status = run(tmp_path, "--channel", "HARBOUR")

    assert "5 files unreadable: 0.txt: " in output
    assert output.endswith("; and 2 more")
    assert status == 1


def test_an_empty_file_is_unreadable(tmp_path):
    make_channel(code="HARBOUR")
    path = write(tmp_path, "empty.xml", "")

    output, status = run(path, "--channel", "HARBOUR")

    assert output.startswith("0 new posts, 0 new versions, 0 known, 1 file unreadable: empty.xml: ")
    assert status == 1


def test_a_path_or_address_inside_a_file_is_not_followed(tmp_path):
    make_channel(code="HARBOUR")
    secret = write(tmp_path / "elsewhere", "secret.xml", make_feed("Secret"))
    write(tmp_path / "in", "path.xml", str(secret))
    write(tmp_path / "in", "address.xml", "http://127.0.0.1:1/feed")

    _, status = run(tmp_path / "in", "--channel", "HARBOUR")

    assert status == 1
    assert not Post.objects.exists()


def test_a_named_pipe_in_a_folder_is_not_waited_for(tmp_path):
    import os

    make_channel(code="HARBOUR")
    os.mkfifo(tmp_path / "pipe.xml")

    output, status = run(tmp_path, "--channel", "HARBOUR")

    assert output.endswith("1 file unreadable: pipe.xml: it is not a regular file")
    assert status == 1


def test_posts_are_imported_from_standard_input(monkeypatch):
    make_channel(code="HARBOUR")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(make_feed("One"))))

    assert run("-", "--channel", "HARBOUR") == ("1 new post, 0 new versions, 0 known", 0)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nowhere.xml", "--channel", "HARBOUR"], "There is no file or folder nowhere.xml."),
        (["nowhere.xml", "--channel", "UNKNOWN"], "No channel has the code UNKNOWN."),
        (["nowhere.xml", "--channel", "low er", "--per-file"], "'low er' cannot be numbered"),
        (["nowhere.xml", "--channel", "ABCDEFGHIJKL", "--per-file"], "cannot be numbered"),
        (["http://127.0.0.1:9/feed", "--channel", "HARBOUR"], "private address"),
        (["http://10.0.0.1/feed", "--channel", "HARBOUR"], "private address"),
        (["http://user@harbour.example/", "--channel", "HARBOUR"], "user name"),
    ],
)
def test_an_invalid_import_is_refused_in_one_line(arguments, complaint):
    make_channel(code="HARBOUR")

    with pytest.raises(CommandError) as refused:
        run(*arguments)

    assert complaint in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not Post.objects.exists()


def test_an_empty_folder_is_refused(tmp_path):
    make_channel(code="HARBOUR")

    with pytest.raises(CommandError, match="contains no files"):
        run(tmp_path, "--channel", "HARBOUR")


def test_an_address_is_fetched_and_imported(httpserver, settings):
    make_channel(code="HARBOUR")
    settings.WIRE_TRUSTED_HOSTS = [f"{httpserver.host}:{httpserver.port}"]
    httpserver.expect_request("/feed").respond_with_data(make_feed("One"), content_type="text/html")

    output = run(httpserver.url_for("/feed"), "--channel", "HARBOUR")

    assert output == ("1 new post, 0 new versions, 0 known", 0)


# A channel per file


def test_each_file_can_become_its_own_channel_under_one_outlet(tmp_path):
    write(tmp_path, "b.xml", make_feed("One"))
    write(tmp_path, "a/b.xml", make_feed("One"))
    write(tmp_path, "a/page.html", "<html><body>Hello</body></html>")

    output, status = run(tmp_path, "--channel", "CASE", "--per-file")

    assert output.startswith(
        "2 new posts, 0 new versions, 0 known, 1 file unreadable: a/page.html: "
    )
    assert status == 1
    channels = Channel.objects.order_by("code").values_list("code", "address", "outlet__name")
    assert list(channels) == [("CASE-0001", "a/b.xml", "CASE"), ("CASE-0002", "b.xml", "CASE")]
    assert not Channel.objects.polled().exists()


def test_a_file_is_matched_to_its_channel_by_path(tmp_path):
    write(tmp_path, "a.xml", make_feed("One"))
    write(tmp_path, "c.xml", make_feed("Three"))
    run(tmp_path, "--channel", "CASE", "--per-file")
    write(tmp_path, "b.xml", make_feed("Two"))

    output, _ = run(tmp_path, "--channel", "CASE", "--per-file")

    assert output == "1 new post, 0 new versions, 2 known"
    codes = Channel.objects.order_by("address").values_list("code", flat=True)
    assert list(codes) == ["CASE-0001", "CASE-0003", "CASE-0002"]
    assert Outlet.objects.count() == 1


def test_channels_made_from_files_join_the_outlet_of_the_given_code(tmp_path):
    make_channel(code="CASE", outlet=make_outlet("Case Agency"))
    write(tmp_path, "a.xml", make_feed("One"))

    run(tmp_path, "--channel", "CASE", "--per-file")

    assert Channel.objects.get(code="CASE-0001").outlet.name == "Case Agency"


def test_importing_a_telegram_page_sets_the_account_of_its_channel(tmp_path):
    page = TELEGRAM.format(account="PortWatch", number=7, text="The harbour is closed.")
    write(tmp_path, "page.html", page)

    output = run(tmp_path, "--channel", "CASE", "--per-file")

    assert output == ("1 new post, 0 new versions, 0 known", 0)
    channel = Channel.objects.get()
    assert (channel.platform, channel.account) == ("telegram", "portwatch")


def test_a_page_of_another_telegram_channel_is_not_imported(tmp_path):
    make_channel(code="PORT", platform="telegram", account="portwatch")
    page = TELEGRAM.format(account="SomebodyElse", number=7, text="The harbour is open.")
    path = write(tmp_path, "page.html", page)

    output, status = run(path, "--channel", "PORT")

    assert ("somebodyelse" in output.lower(), status) == (True, 1)
    assert not Post.objects.exists()


def test_files_under_one_code_are_kept_apart_from_a_longer_code(tmp_path):
    write(tmp_path, "a.xml", make_feed("One"))
    run(tmp_path, "--channel", "CASE-A", "--per-file")

    run(tmp_path, "--channel", "CASE", "--per-file")

    codes = Channel.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == ["CASE-0001", "CASE-A-0001"]
    assert Path(Channel.objects.first().address) == Path("a.xml")


# Each edit counts the posts stored while it waits: on a loaded machine both are slow.
EDITOR = """
import time
from wires.models import Outlet, Post
longest, rounds = 0, 0
while not Post.objects.exists():
    time.sleep(0.02)
while rounds < 20:
    before = Post.objects.count()
    outlet = Outlet.objects.get(slug="harbour-wire")
    outlet.affiliation = f"Edition {rounds}"
    outlet.save()
    longest = max(longest, Post.objects.count() - before)
    rounds += 1
    time.sleep(0.02)
print(longest)
"""


@pytest.mark.django_db(transaction=True)
def test_an_editor_can_save_during_an_import(tmp_path, shared_database):
    make_channel(code="HARBOUR")
    for n in range(20):
        titles = [f"Notice{n}x{m}" for m in range(60)]
        write(tmp_path / "feeds", f"{n:02}.xml", make_feed(*titles))

    with shared_database({}) as environment:
        importing = run_beside(
            environment, "import_posts", str(tmp_path / "feeds"), "--channel", "HARBOUR"
        )
        editing = run_beside(environment, "shell", "-v0", "-c", EDITOR)
        waited, trouble = editing.communicate(timeout=CEILING)
        output, _ = importing.communicate(timeout=CEILING)

    assert editing.returncode == 0, trouble
    # SQLite gives up after 20 seconds; no edit waits until all posts are stored.
    assert int(waited) < 1200
    assert output.startswith(b"1200 new posts, 0 new versions, 0 known")
