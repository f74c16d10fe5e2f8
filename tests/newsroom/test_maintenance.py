"""A pause of the site that an operator declares."""

import pytest
from django.core.management import CommandError, call_command

from newsroom import maintenance
from tests.articles.factories import make_article
from tests.articles.form_fields import fields_of
from tests.clock import NOON
from tests.newsroom.factories import make_user


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RUNTIME_DIR = tmp_path
    return tmp_path


def say(capsys, *arguments):
    call_command("maintenance", *arguments)
    return capsys.readouterr().out


def test_a_pause_is_turned_on_and_off_and_told(capsys):
    assert say(capsys) == "The site on this host is open.\n"
    assert say(capsys, "on") == "The site on this host is paused; visitors are told 10 minutes.\n"
    assert say(capsys, "on", "--minutes", "1").endswith("told 1 minute.\n")
    assert "is paused" in say(capsys)
    assert say(capsys, "off") == say(capsys, "off") == "The site on this host is open.\n"


@pytest.mark.parametrize("minutes", ["0", "-3", "1441"])
def test_a_pause_of_no_sensible_length_is_refused(minutes):
    with pytest.raises(CommandError, match="say 1 to 1440"):
        call_command("maintenance", "on", "--minutes", minutes)


def test_a_folder_that_cannot_be_written_is_said(settings, folder):
    (folder / "file").touch()
    settings.RUNTIME_DIR = folder / "file"

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("maintenance", "on")


@pytest.mark.parametrize("path", ["/", "/wire/", "/desk/", "/desk/login/", "/feed/", "/nowhere/"])
def test_every_page_says_so_and_asks_the_database_nothing(client, path):
    maintenance.begin(minutes=3, now=1e9)

    answer = client.get(path)

    # The pause has lasted longer than was said.
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (
        503, "60", "no-store",
    )  # fmt: skip
    assert "back in about a minute" in answer.content.decode()


def test_how_long_it_will_last_is_said(client, at_noon):
    maintenance.begin(minutes=30, now=NOON.timestamp())

    answer = client.get("/")

    assert answer["Retry-After"] == "1800"
    assert "about 30 minutes" in answer.content.decode()


@pytest.mark.parametrize("said", ["", "back soon", "nan", "inf"])
def test_a_file_made_by_hand_is_a_pause_too(client, folder, said):
    (folder / "maintenance").write_text(said)

    assert client.get("/").status_code == 503


def test_who_asks_whether_the_process_lives_is_answered(client):
    maintenance.begin(minutes=3, now=1e9)

    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_what_was_typed_comes_back_and_nothing_is_saved(client):
    article = make_article(headline="Ships turn back")
    client.force_login(make_user(group="Editor"))
    data = fields_of(article, body="Typed <b>just</b> now.", standfirst="\u202eعربي")
    maintenance.begin(minutes=3, now=1e9)

    answer = client.post(f"/desk/articles/article/{article.pk}/change/", data)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Typed &lt;b&gt;just&lt;/b&gt; now." in page
    assert "عربي" in page
    assert "was not saved" in page
    article.refresh_from_db()
    assert article.body != "Typed <b>just</b> now."


def test_a_script_is_told_so_that_it_tries_again(client):
    maintenance.begin(minutes=3, now=1e9)

    answer = client.post("/desk/articles/article/1/keep/", headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["why"]) == (503, "maintenance")


def test_a_large_body_is_not_read(client):
    maintenance.begin(minutes=3, now=1e9)

    answer = client.post("/desk/login/", {"text": "a" * 300_000})

    assert answer.status_code == 503
    assert "aaaa" not in answer.content.decode()
