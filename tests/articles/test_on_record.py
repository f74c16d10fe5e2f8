"""Who may do an act and which note it needs, each told in a sentence."""

from types import SimpleNamespace

import pytest

from articles.publishing import NotAllowed, NoteMissing
from articles.publishing.on_record import allow, noted


def make_somebody(*rights, is_active=True):
    return SimpleNamespace(
        is_active=is_active, has_perm=lambda right: right in rights, get_username=lambda: "ada"
    )


def test_a_command_and_who_has_the_right_may_do_an_act():
    for by in (None, make_somebody("articles.publish_article")):
        assert allow(by, "articles.publish_article", "publish") is None


@pytest.mark.parametrize(
    "by",
    [
        make_somebody("articles.submit_article"),
        make_somebody("articles.publish_article", is_active=False),
    ],
)
def test_who_has_another_right_or_no_active_account_may_not(by):
    with pytest.raises(NotAllowed) as refused:
        allow(by, "articles.publish_article", "publish")

    assert str(refused.value) == "ada may not publish."


@pytest.mark.parametrize(
    ("says", "wanted"),
    [("", "a public note that says what changed and why"), ("why", "a note that says why")],
)
def test_an_act_without_its_note_says_which_it_needs(says, wanted):
    with pytest.raises(NoteMissing) as refused:
        noted(" \n", "An update", says)

    assert str(refused.value) == f"An update needs {wanted}."
    assert noted(" A comma. ", "An update", says) == "A comma."
