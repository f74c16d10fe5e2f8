"""Pages of editors at an address that the site itself has taken since."""

import pytest
from django.core.management import call_command

from newsroom.page_checks import site_pages_are_reachable
from tests.articles.factories import make_site_page

pytestmark = pytest.mark.django_db


def test_a_page_behind_an_address_of_the_site_is_named_by_the_check(capsys):
    make_site_page("About")
    make_site_page("How to find us", slug="Search")
    make_site_page("Draft", slug="wire", public=False)

    [caution] = site_pages_are_reachable(None, databases=["default"])
    call_command("check", databases=["default"])

    assert caution.id == "newsroom.W011"
    assert caution.msg.endswith("has their address: /Search/.")
    assert "newsroom.W011" in capsys.readouterr().err


def test_pages_that_readers_can_open_are_not_named(django_assert_num_queries):
    make_site_page("About")

    with django_assert_num_queries(0):
        assert site_pages_are_reachable(None) == []
    assert site_pages_are_reachable(None, databases=["default"]) == []
