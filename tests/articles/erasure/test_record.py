"""The record of an erasure: who decides about the places that still print the words."""

from functools import partial

import pytest

from articles.erasure.record import confirm_rewritten, keep
from articles.models import Erasure, ErasurePlace
from articles.publishing import NotAllowed
from tests.articles.factories import make_article
from tests.clock import NOON
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def make_place(kind):
    record = Erasure.objects.create(kind=kind, subject="A post", reason="Court.", at=NOON)
    return ErasurePlace.objects.create(erasure=record, article=make_article(sources=False))


@pytest.mark.parametrize("decide", [partial(keep, reason="On record."), confirm_rewritten])
@pytest.mark.parametrize(("kind", "what"), [("post", "a post"), ("version", "a version")])
def test_who_may_not_erase_does_not_decide_what_goes_on_being_printed(decide, kind, what):
    place, editor = make_place(kind), make_user(group="Editor")

    with pytest.raises(NotAllowed) as refused:
        decide(place, by=editor, at=NOON)

    assert str(refused.value) == f"{editor.username} may not erase {what}."
    assert ErasurePlace.objects.open().filter(pk=place.pk).exists()
