import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from web import addresses
from web.addresses import absolute, path_of


@pytest.fixture
def below_a_path():
    set_script_prefix("/paper/")
    yield
    set_script_prefix("/")


def test_absolute_takes_the_host_from_the_settings(settings):
    settings.SITE_URL = "https://paper.example"

    assert absolute("/wire/") == "https://paper.example/wire/"


def test_a_path_is_that_of_the_name_and_its_values():
    assert path_of("articles:section", "world") == "/sections/world/"
    assert path_of("articles:section", "europe") == "/sections/europe/"
    with pytest.raises(NoReverseMatch):
        path_of("articles:section", "no slug")


def test_a_path_is_looked_up_once(monkeypatch):
    asked = []
    monkeypatch.setattr(
        addresses, "reverse", lambda name, args: asked.append(args) or reverse(name, args=args)
    )

    paths = [path_of("articles:section", "looked-up-once") for _ in range(2)]

    assert paths == ["/sections/looked-up-once/"] * 2
    assert asked == [("looked-up-once",)]


def test_a_path_stands_below_that_of_the_request(below_a_path):
    assert path_of("articles:section", "world") == "/paper/sections/world/"
