"""Logged-in writers and editors for the tests of articles."""

import pytest

from tests.newsroom.factories import make_user


@pytest.fixture
def editor(db):
    return make_user(group="Editor")


@pytest.fixture
def writer(client, db):
    """Return a client logged in as a writer named ada."""
    client.force_login(make_user(group="Writer", name="ada"))
    return client


@pytest.fixture
def public_address(settings):
    settings.SITE_URL = "https://paper.example"
