"""What is refused of an arrangement of the front page, in a sentence, and what a withdrawal takes off it."""

from dataclasses import replace

import pytest

from articles import publishing
from articles.models import Article, FrontOrder
from articles.models.front import LONGEST_BANNER, MOST_PINS
from articles.publishing import (
    Arrangement,
    arrange_front,
    current_front,
    end_banner,
    fronting,
    undo_front,
)
from articles.publishing.fronting import take_off_front, without
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

FULL = Arrangement(
    pins=(3, 1, 2), two_leads=True, banner="Now.", banner_article=2, banner_until=later(hours=1)
)


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ([9], FULL),
        ([1], replace(FULL, pins=(3, 2))),
        ([2], Arrangement(pins=(3, 1), two_leads=True)),
    ],
)
def test_an_article_that_is_gone_takes_its_pin_and_its_line_with_it(gone, left):
    assert without(FULL, gone) == left


def arrange(**fields):
    return arrange_front(Arrangement(**fields), seen=0, by=None, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"pins": (1, 1)}, publishing.WrongState, f"At most {MOST_PINS} articles can be pinned, each once."),
        ({"pins": (0,)}, publishing.WrongState, "An article is gone: only live articles stand on the front page."),
        ({"banner_article": 7}, publishing.WrongState, "An article is gone: only live articles stand on the front page."),
        ({"banner": "Now."}, publishing.BadTime, "It has no end. Say until when the line for breaking news stands."),
        ({"banner": "Now.", "banner_until": NOON}, publishing.BadTime,
         "25 June 2026 12:00 UTC is over. Say until when the line for breaking news stands."),
        ({"banner": "N" * (LONGEST_BANNER + 1), "banner_until": later(hours=1)}, publishing.WrongState,
         f"The line for breaking news has more than {LONGEST_BANNER} characters."),
    ],
)  # fmt: skip
def test_what_cannot_be_arranged_is_told_in_a_sentence(fields, error, said):
    with pytest.raises(error) as refused:
        arrange(**fields)

    assert str(refused.value) == said
    assert not FrontOrder.objects.exists()


@pytest.mark.django_db
def test_a_draft_is_named_with_its_state():
    draft = make_article(headline="A draft", sources=False)

    with pytest.raises(publishing.WrongState) as refused:
        arrange(pins=(draft.pk,))

    assert str(refused.value) == ("“A draft” is draft: only live articles stand on the front page.")


@pytest.mark.django_db
def test_an_arrangement_is_kept_whole_with_who_made_it_and_comes_back_when_undone():
    by, live = make_user(group="Editor"), make_live_article()
    wanted = replace(FULL, pins=(live.pk,), banner_article=live.pk)

    first = arrange_front(wanted, seen=0, by=by, at=NOON)
    seen = [current_front()]
    end_banner(at=later(hours=1))
    seen.append(current_front())
    last = undo_front(seen=2, by=by, at=later(minutes=30))

    assert [(each.n, each.arrangement) for each in (*seen, current_front())] == [
        (1, wanted), (2, Arrangement(pins=(live.pk,), two_leads=True)), (3, wanted),
    ]  # fmt: skip
    assert (first.what, first.by, first.at) == ("arranged", by, NOON)
    assert (last.what, last.by, last.at) == ("undone", by, later(minutes=30))
    assert FrontOrder.objects.get(n=2).what == "banner over"


@pytest.mark.django_db
def test_who_may_not_arrange_it_is_told_so():
    ada = make_user(group="Writer", name="ada")

    with pytest.raises(publishing.NotAllowed, match=r"^ada may not arrange the front page\.$"):
        arrange_front(Arrangement(), seen=0, by=ada, at=NOON)


def make_line(**fields):
    return FrontOrder.objects.create(
        n=1, banner="Now.", banner_until=later(hours=1), what="arranged", at=NOON, **fields
    )


@pytest.mark.django_db
def test_somebody_who_arranges_at_the_same_moment_does_not_keep_back_a_withdrawal(monkeypatch):
    article = make_article(sources=False)
    make_line(pins=[article.pk, 99])
    write, tries = fronting._write, []

    def be_second(*given, **more):
        tries.append(1)
        if len(tries) < fronting.TRIES:
            raise publishing.ChangedMeanwhile
        return write(*given, **more)

    monkeypatch.setattr(fronting, "_write", be_second)
    take_off_front(article, by=None, at=NOON)

    newest = FrontOrder.objects.newest_first().first()
    assert (newest.n, newest.pins, newest.what, newest.banner) == (2, [99], "withdrawn", "Now.")


@pytest.mark.django_db
def test_of_two_workers_one_ends_a_line(monkeypatch):
    make_line()
    before = fronting.current_front()
    first = end_banner(at=later(hours=1))
    monkeypatch.setattr(fronting, "current_front", lambda: before)

    second = end_banner(at=later(hours=1))

    assert (first, second) == (True, False)
    assert FrontOrder.objects.count() == 2
    assert not Article.objects.exists()
