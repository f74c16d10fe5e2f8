"""The demo edition is loaded once, never next to real content, and removed completely."""

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles import publishing
from articles.models import (
    ArchiveRun,
    Article,
    Author,
    Correction,
    Fault,
    FrontOrder,
    Image,
    Schedule,
    Section,
)
from markets.ingest import guard
from markets.ingest.store import close_of
from markets.models import Instrument, Quote
from markets.providers import RawQuote
from newsroom import demo
from newsroom.demo.quotes import read_quotes
from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.commands import run_command
from tests.markets.factories import make_quote
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import generations
from wires.models import Outlet, Post

pytestmark = pytest.mark.django_db


def command(name, **options):
    """Run a command at noon and return its output."""
    with time_machine.travel(NOON, tick=False):
        return run_command(name, **options).out


def rows():
    """Return the number of rows of each model that has any."""
    models = [*apps.get_app_config("articles").get_models()]
    models += apps.get_app_config("wires").get_models()
    models += apps.get_app_config("markets").get_models()
    counts = {model._meta.label: model.objects.count() for model in models}
    return {label: count for label, count in counts.items() if count}


# Loading


def test_loading_the_demo_twice_adds_nothing():
    first = command("load_demo")
    before = rows()

    second = command("load_demo")

    assert first.startswith("Loaded the demo edition: 12 articles in 5 sections based on 148 posts")
    assert second == "The demo edition is already loaded. Nothing to do.\n"
    assert rows() == before


def test_the_demo_is_not_loaded_over_real_articles():
    make_article()
    before = rows()

    line = command("load_demo")

    assert "articles of its own" in line
    assert rows() == before


def test_a_real_outlet_is_never_marked_as_demo():
    make_outlet("Harbour Wire")
    before = rows()

    with pytest.raises(CommandError, match="called Harbour Wire"):
        command("load_demo")

    assert rows() == before


def test_the_demo_stays_off_a_wire_with_real_posts():
    make_post(channel=make_channel(outlet=make_outlet("City Desk")), native_id="real")

    demo.load(at=NOON)

    assert [post.native_id for post in Post.objects.on_ticker()] == ["real"]


def test_the_demo_loads_every_quote_marked_as_invented(client):
    call_command("load_instruments", verbosity=0)

    command("load_demo")

    quotes = Quote.objects.all()
    assert {quote.origin for quote in quotes} == {"demo"}
    assert {quote.quoted_at for quote in quotes} == {NOON}
    assert {*read_quotes()} == {*Instrument.objects.values_list("symbol", flat=True)}
    with time_machine.travel(NOON, tick=False):
        html = client.get("/markets/strip/").content.decode()
    assert "Demo quotes," in html
    for price in ("$61,594", "$0.0768", "1.1340", "161.68"):
        assert f">{price}<" in html


def test_demo_quotes_are_plausible():
    call_command("load_instruments", verbosity=0)
    invented = read_quotes()

    assert len(invented) == Instrument.objects.count() == 34
    for instrument in Instrument.objects.all():
        price, close = invented[instrument.symbol]
        raw = RawQuote(symbol="s", price=price, previous_close=close, quoted_at=NOON)
        assert guard.doubt(raw, instrument, None, at=NOON) is None
        assert close_of(raw, instrument) == close


def test_the_demo_loads_no_quotes_next_to_real_ones():
    call_command("load_instruments", verbosity=0)
    make_quote(Instrument.objects.get(symbol="GOLD"))

    demo.load(at=NOON)

    assert [quote.origin for quote in Quote.objects.all()] == ["provider"]


# Removing


def test_removing_the_demo_leaves_no_row_and_no_file(django_capture_on_commit_callbacks):
    demo.load(at=NOON)
    command("vet_archive")
    assert sorted(Fault.objects.values_list("code", flat=True)) == [
        "source-changed",
        "source-deleted",
    ]
    ArchiveRun.objects.all().delete()
    files = [image.filename for image in Image.objects.all()]
    assert [default_storage.exists(name) for name in files] == [True] * 6

    with django_capture_on_commit_callbacks(execute=True):
        line = command("remove_demo")

    assert line.startswith("Removed the demo edition: 12 articles, 148 posts, 14 outlets")
    assert "Kept" not in line
    assert rows() == {}
    assert not any(default_storage.exists(name) for name in files)
    assert command("remove_demo") == "There is no demo edition to remove.\n"


def test_removing_the_demo_removes_its_quotes_and_keeps_the_instruments(
    django_capture_on_commit_callbacks,
):
    call_command("load_instruments", verbosity=0)
    demo.load(at=NOON)
    before = generations.current("quotes")

    with django_capture_on_commit_callbacks(execute=True):
        line = command("remove_demo")

    assert line.splitlines()[0].endswith("5 sections, 34 quotes.")
    assert not Quote.objects.exists()
    assert Instrument.objects.count() == 34
    assert generations.current("quotes") != before


def test_removing_the_demo_removes_what_is_scheduled_and_the_breaking_line():
    demo.load(at=NOON)
    live = Article.objects.live().first()
    publishing.arrange_front(
        publishing.Arrangement(
            pins=(live.pk,), banner="Now.", banner_article=live.pk, banner_until=later(days=1)
        ),
        seen=0, by=None, at=NOON,
    )  # fmt: skip
    Schedule.objects.create(
        article=live, due_at=later(days=1), kind="update", note="So.", before=live.live_version,
        was_status="live", digest="a" * 64, saved_at=NOON, made_at=NOON,
    )  # fmt: skip

    line = command("remove_demo")

    assert "12 articles" in line
    assert not Schedule.objects.exists()
    assert FrontOrder.objects.get().banner == ""


def test_removing_the_demo_keeps_real_quotes():
    gold = make_quote()

    demo.load(at=NOON)
    command("remove_demo")

    assert [*Quote.objects.all()] == [gold]


def test_removing_the_demo_keeps_real_articles_and_the_posts_they_use():
    demo.load(at=NOON)
    cited = Post.objects.with_words().first()
    picture = Image.objects.first()
    ours = make_article(
        headline="The paper’s own",
        section=Section.objects.get(slug="world"),
        image=picture,
        sources=False,
    )
    ours.authors.add(Author.objects.get(slug="ines-okonjo-hale"))
    make_source(ours, post=cited)
    publishing.publish(ours, by=None, at=NOON)

    line = command("remove_demo")

    ours.refresh_from_db()
    assert ours.is_live
    assert ours.live_version.sources.get().post_version.post == cited
    assert [*Post.objects.all()] == [cited]
    assert [*Outlet.objects.all()] == [cited.channel.outlet]
    assert [*Image.objects.all()] == [picture]
    assert default_storage.exists(picture.filename)
    assert line.splitlines()[1] == (
        "Kept because the site uses them: 1 post, 1 picture, the byline Ines Okonjo-Hale, "
        "the section World."
    )


def test_removing_the_demo_does_not_change_a_real_article():
    ours = make_article(sources=False)
    make_source(ours, post=make_post(channel=make_channel(outlet=make_outlet("City Desk"))))
    publishing.publish(ours, by=None, at=NOON)
    before = rows()

    command("load_demo", force=True)
    command("remove_demo")

    assert rows() == before
    ours.refresh_from_db()
    assert ours.is_live
    assert not Correction.objects.exists()
