"""What pages show of posts is made by publishing, and never shown when it is not true any more."""

import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, connection, models, transaction
from django.test.signals import template_rendered

from articles import erasure, page_parts, publishing
from articles.models import ArticleVersion, Correction, PageParts, VersionSource
from articles.page_parts import renewing, storing
from articles.page_parts.facts import OF_FEED, OF_PAGE, facts_of, key_of, read_facts
from articles.page_parts.making import (
    HTML,
    MADE_BY,
    newest_corrections,
    of_corrections,
    renderer,
)
from articles.page_parts.reading import stored_sources
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import NOON, later
from tests.commands import run_command
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from web import fragments
from wires.models import Channel, Outlet, Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

# The live wire, the quotes, the sections.
SHARED = 3


def page(client, article):
    """Return the page as the next process to start would show it."""
    fragments.forget()
    return client.get(article.get_absolute_url()).content.decode()


def page_made_afresh(client, article):
    kept = list(PageParts.objects.all())
    PageParts.objects.all().delete()
    made = page(client, article)
    PageParts.objects.bulk_create(kept)
    return made


def feed_made_afresh(client):
    kept = list(PageParts.objects.all())
    PageParts.objects.all().delete()
    made = client.get("/feed/").content
    PageParts.objects.bulk_create(kept)
    return made


def an_article():
    """Return a live article with everything that parts can show."""
    posts = [
        make_post(
            text="The harbour is closed.", channel=make_channel(outlet=make_outlet("Kestrel"))
        ),
        make_post(text="Three ships turned back.", title="Ships turn back"),
    ]
    article = make_article(
        sources=False, body="The harbour is closed [@r1]. [We saw it]{.own}. Ships left [@r2]."
    )
    make_source(article, key="r1", post=posts[0], position=1, note="The port says so.")
    make_source(article, key="r2", post=posts[1], position=2, role="disputes")
    publishing.publish(article, by=None, at=NOON)
    article.refresh_from_db()
    return article


# Made by publishing


def test_publishing_stores_what_the_page_shows_of_its_posts(client, django_assert_num_queries):
    article = an_article()

    # The article with its parts, what is true of its posts, and more of its section.
    with django_assert_num_queries(5 + SHARED):
        shown = page(client, article)

    row = PageParts.objects.get()
    assert row.provenance in shown
    assert row.counts in shown
    assert shown == page_made_afresh(client, article)


def test_an_update_replaces_the_parts_and_shows_its_note(client):
    article = an_article()

    publishing.update(article, by=None, at=later(hours=1), note="A comma.")

    assert [row.version for row in PageParts.objects.all()] == [article.live_version]
    shown = page(client, article)
    assert "A comma." in PageParts.objects.get().corrections
    assert "A comma." in shown
    assert shown == page_made_afresh(client, article)


def test_the_stored_parts_of_an_updated_article_are_shown_as_they_are(
    client, django_assert_num_queries
):
    article = an_article()
    for hour in (1, 2):
        publishing.update(article, by=None, at=later(hours=hour), note=f"Comma {hour}.")
    page(client, article)

    with django_assert_num_queries(5 + SHARED):
        shown = page(client, article)

    row = PageParts.objects.get()
    assert row.newest_correction == article.corrections.get(note="Comma 2.").pk
    assert row.changed_at == later(hours=2)
    assert row.corrections in shown


def test_what_changed_last_is_the_version_or_a_later_note():
    article = an_article()
    notes = [Correction(article=article, kind="update", note="N.", at=later(hours=n), pk=n + 5)
             for n in (-1, 1)]  # fmt: skip

    said = [
        of_corrections(article, article.live_version, found)
        for found in ((), *map(list, zip(notes)))
    ]

    changed = [(parts["newest_correction"], parts["changed_at"]) for parts in said]
    assert changed == [(0, NOON), (4, NOON), (6, later(hours=1))]


@pytest.mark.parametrize(("count", "shown", "has_more"), [(20, 20, False), (21, 20, True)])
def test_a_page_shows_twenty_corrections_and_leads_to_the_others(count, shown, has_more):
    article = an_article()
    for n in range(count):
        Correction.objects.create(
            article=article, kind="update", note=f"Comma {n}.", at=later(minutes=n)
        )

    html = of_corrections(article, article.live_version, list(newest_corrections(article)))

    assert html["corrections"].count("Comma") == shown
    assert "Comma 20." in html["corrections"] or count == 20
    assert ("/corrections/" in html["corrections"]) is has_more


def test_a_withdrawal_deletes_the_parts():
    article = an_article()

    publishing.withdraw(article, by=None, at=later(hours=1), note="Forged.")

    assert not PageParts.objects.exists()


def test_each_part_says_what_it_is_for_and_is_kept_as_it_was_made():
    article = an_article()
    version = ArticleVersion.objects.select_related("article").get()
    version.overrides = [
        {
            "code": "weekday",
            "by": "Ines",
            "at": NOON.isoformat(),
            "reason": "By phone.",
            "sentence": 1,
        }
    ]
    add_version(post_of_first(article), text="The harbour is open.", at=later(hours=1))
    sources = list(stored_sources([version.pk]))
    note = Correction(article=article, kind="correct", note="A comma.", at=later(hours=2), pk=1)

    parts = page_parts.make_parts(article, version, sources, [note], at=NOON)

    said = {
        "counts": "How the claims are sourced",
        "clearance": "By phone.",
        "corrections": "A comma.",
        "amended": "A comma.",
        "moved": "has edited the post",
        "provenance": "Three ships turned back.",
        "feed_sources": "Kestrel",
        "data_of_sources": '"isBasedOn"',
        "data_of_corrections": '"CorrectionComment"',
    }
    assert {name: words in getattr(parts, name) for name, words in said.items()} == dict.fromkeys(
        said, True
    )
    assert (parts.claims, parts.newest_correction, parts.changed_at) == (3, 1, later(hours=2))
    assert (parts.flags, parts.fates) == ({"s1": "overridden"}, {"r1": "edited"})
    row = PageParts(version=version, **page_parts.as_columns(parts, sources, at=NOON))
    assert page_parts.Parts.of_row(row) == parts
    assert len(parts) == sum(len(getattr(parts, name)) for name in said)
    assert (len(row.key), len(row.feed_key), len(row.renderer)) == (32, 32, 16)


def test_a_part_that_has_nothing_to_say_is_empty():
    article = make_live_article()
    version = ArticleVersion.objects.select_related("article").get()

    parts = page_parts.make_parts(article, version, [], [], at=NOON)

    names = ("counts", "corrections", "amended", "moved", "feed_sources", "data_of_sources")
    assert [getattr(parts, name) for name in names] == [""] * len(names)
    assert (parts.data_of_corrections, parts.newest_correction, parts.changed_at) == ("", 0, NOON)


# Never shown when not true


def changes(model, row):
    """Yield for each column of a row another value that it may have."""
    for field in model._meta.concrete_fields:
        if field.primary_key or field.is_relation or field.name in {"native_id_hash", "state"}:
            continue
        old = getattr(row, field.name)
        if isinstance(field, models.DateTimeField):
            yield field.name, later(days=-400)
        elif isinstance(field, models.BooleanField):
            yield field.name, not old
        elif isinstance(field, models.IntegerField):
            yield field.name, 7 if old != 7 else 8
        elif field.choices and field.name != "platform":
            yield field.name, next(value for value, _ in field.choices if value != old)
        elif isinstance(field, models.CharField | models.TextField):
            yield field.name, {"platform": "x"}.get(field.name, "changed"[: field.max_length])


def hold_together(model, name, value):
    """Return what the database wants to be changed along with a column."""
    with_reason = {"hidden_at": "hidden_reason", "hidden_reason": "hidden_at"}
    others = {"withdrawn_at": {"state": "withdrawn"}}.get(name, {}) if model is Post else {}
    if name in with_reason and model is Post:
        others[with_reason[name]] = later(days=-1) if name == "hidden_reason" else "Legal."
    return {name: value, **others}


@pytest.mark.parametrize("model", [Post, Channel, Outlet])
def test_no_change_of_a_column_leaves_the_page_as_it_was_made(client, model):
    article = an_article()
    source = VersionSource.objects.order_by("number").first()
    post = source.post_version.post
    row = {Post: post, Channel: post.channel, Outlet: post.channel.outlet}[model]
    rows, seen = model.objects.filter(pk=row.pk), []

    for name, value in changes(model, row):
        changed = hold_together(model, name, value)
        before = rows.values(*changed).get()
        try:
            with transaction.atomic():
                rows.update(**changed)
        except (DataError, IntegrityError):
            # Not as it may be stored.
            continue
        kept = page(client, article), client.get("/feed/").content
        made = page_made_afresh(client, article)
        seen.append((name, kept == (made, feed_made_afresh(client))))
        rows.update(**before)

    assert len(seen) > 5
    assert [name for name, is_true in seen if not is_true] == []


def test_an_edit_a_withdrawal_and_an_erasure_show_at_the_next_request(client):
    article = an_article()
    first, second = [
        source.post_version.post for source in VersionSource.objects.order_by("number")
    ]
    shown = []

    add_version(first, text="The harbour is open.", at=later(hours=1))
    shown.append(page(client, article))
    Post.objects.filter(pk=second.pk).update(state="withdrawn", withdrawn_at=later(hours=2))
    shown.append(page(client, article))
    erasure.erase_post(second, reason="A court order.", by=None, at=later(hours=3))
    shown.append(page(client, article))

    assert ["has edited" in each for each in shown] == [True, True, True]
    assert ["has withdrawn" in each for each in shown] == [False, True, False]
    assert ["Three ships turned back" in each for each in shown] == [True, True, False]


def test_parts_that_other_code_made_are_made_again(client):
    article = an_article()
    before = page(client, article)

    PageParts.objects.update(renderer="older", provenance="<p>Old.</p>", counts="", clearance="")

    assert page(client, article) == before


def test_a_post_of_this_year_gets_its_year_when_the_year_is_over(client, at_noon):
    article = an_article()
    before = page(client, article)

    at_noon.move_to(NOON.replace(year=2027))

    after = page(client, article)
    assert ">25 June, 12:00 UTC<" in before
    assert ">25 June, 12:00 UTC<" not in after
    assert after == page_made_afresh(client, article)


def test_a_correction_that_was_added_later_is_shown(client):
    article = an_article()
    page(client, article)

    Correction.objects.create(article=article, kind="update", note="A comma.", at=later(hours=1))

    assert "A comma." in page(client, article)


def test_parts_that_are_not_true_are_made_once_a_minute_and_not_for_each_reader(
    client, django_assert_num_queries, at_noon
):
    article = an_article()
    add_version(post_of_first(article), text="The harbour is open.", at=later(hours=1))
    first = page(client, article)

    with django_assert_num_queries(3):
        second = client.get(article.get_absolute_url()).content.decode()

    assert "has edited" in first
    assert second == first


# What the key is made of


@pytest.mark.parametrize("listed", [OF_PAGE, OF_FEED])
def test_what_a_database_says_of_posts_is_what_loaded_posts_say(listed):
    article = an_article()
    post = post_of_first(article)
    add_version(post, text="Edited.", at=later(seconds=1.5))
    Post.objects.filter(pk=post.pk).update(posted_at=later(seconds=-0.25))
    version = article.live_version

    loaded = facts_of(stored_sources([version.pk]), listed)
    read = read_facts([version.pk], listed)[version.pk]

    assert len(read) == len(loaded) == 2
    assert key_of(read, NOON) == key_of(loaded, NOON)
    assert key_of(read, NOON) != key_of(read[:1], NOON) != key_of([], NOON)


def test_whatever_makes_the_parts_makes_another_renderer_when_it_changes():
    """Of all code and templates that run while parts are made, each is in the list."""
    article = an_article()
    version = ArticleVersion.objects.select_related("article").get()
    version.overrides = [
        {"code": "weekday", "by": "Ines", "at": NOON.isoformat(), "reason": "", "sentence": 1}
    ]
    sources = list(stored_sources([version.pk]))
    note = Correction(article=article, kind="update", note="A comma.", at=NOON, pk=1)
    ran, rendered = set(), set()

    def note_code(frame, event, argument):
        ran.add(frame.f_code.co_filename)

    def note_template(template, **rest):
        rendered.add(f"templates/{template.name}")

    template_rendered.connect(note_template)
    sys.setprofile(note_code)
    try:
        page_parts.make_parts(article, version, sources, [note], at=NOON)
    finally:
        sys.setprofile(None)
        template_rendered.disconnect(note_template)

    root = settings.BASE_DIR
    listed = {str(path.relative_to(root)) for glob in MADE_BY for path in root.glob(glob)}
    ours = {str(Path(name).relative_to(root)) for name in ran if is_ours(Path(name))}
    assert len(ours) > 5
    assert len(rendered) > 5
    assert (ours | rendered) - listed - NOT_SHOWN == set()


# Whose code runs, but decides nothing that is shown.
NOT_SHOWN = {"web/fragments.py", "web/addresses.py"}


def is_ours(path):
    root = settings.BASE_DIR
    parts = path.relative_to(root).parts if path.is_relative_to(root) else (".venv",)
    return parts[0] not in {".venv", "tests"}


def post_of_first(article):
    return VersionSource.objects.get(version=article.live_version, number=1).post_version.post


# The feed


def test_the_feed_lists_the_sources_that_are_stored(client, django_assert_num_queries):
    an_article()

    with django_assert_num_queries(4):
        shown = client.get("/feed/").content.decode()
    PageParts.objects.all().delete()
    made = client.get("/feed/").content.decode()

    assert "Kestrel" in shown
    assert shown == made


def test_the_feed_says_that_a_post_was_withdrawn(client, django_assert_num_queries):
    article = an_article()
    posts = Post.objects.filter(pk=post_of_first(article).pk)

    posts.update(state="withdrawn", withdrawn_at=later(hours=1))
    with django_assert_num_queries(5):
        shown = client.get("/feed/").content.decode()

    assert shown.count("withdrawn by the outlet") == 1


# Storing them again


def test_the_command_renders_what_is_not_true_and_says_how_much():
    articles = [an_article(), make_live_article(), make_live_article()]
    add_version(post_of_first(articles[0]), text="Edited.", at=later(hours=1))
    PageParts.objects.filter(version=articles[1].live_version).update(renderer="older")

    dry = run_command("render_parts", dry_run=True)
    stored = PageParts.objects.filter(renderer="older").count()
    ran, again = run_command("render_parts"), run_command("render_parts")

    assert dry.out == "2 articles of 3 would be rendered. Nothing was changed.\n"
    assert stored == 1
    assert ran.out == "2 articles of 3 rendered.\n"
    assert "3 articles checked" in ran.err
    assert again.out == "0 articles of 3 rendered.\n"
    assert "has edited" in PageParts.objects.get(version=articles[0].live_version).moved


def test_the_command_renders_everything_where_it_is_told_to():
    make_live_article()

    assert run_command("render_parts", "--all").out == "1 article of 1 rendered.\n"


def test_the_parts_of_articles_from_before_there_were_any_are_stored(client):
    article = an_article()
    PageParts.objects.all().delete()
    before = page(client, article)

    renewal = page_parts.render_newest(at=NOON)

    assert (renewal.checked, renewal.renewed) == (1, 1)
    assert page(client, article) == before


def test_looking_for_what_is_not_true_takes_two_queries_however_many_articles(
    django_assert_num_queries,
):
    for _ in range(4):
        make_live_article()

    with django_assert_num_queries(2):
        renewal = page_parts.render_newest(at=NOON)

    assert (renewal.checked, renewal.stale) == (4, 0)


def test_parts_of_a_post_that_changes_while_they_are_made_are_not_stored(monkeypatch):
    article = an_article()
    version = ArticleVersion.objects.select_related("article").get()
    post, make = post_of_first(article), storing.make_parts
    PageParts.objects.all().delete()

    def edit_and_make(*given, **more):
        add_version(post, text="The harbour is open.", at=later(hours=1))
        return make(*given, **more)

    monkeypatch.setattr(storing, "make_parts", edit_and_make)
    first = page_parts.renew(version, at=NOON)
    monkeypatch.undo()

    assert (first, page_parts.renew(version, at=NOON)) == (False, True)
    assert "has edited" in PageParts.objects.get().moved


def test_what_could_not_be_stored_waits_and_the_rest_is_counted_as_renewed(monkeypatch):
    waits, *_ = [make_live_article() for _ in range(3)]
    renew = renewing.renew
    monkeypatch.setattr(renewing, "BATCH", 2)
    monkeypatch.setattr(
        renewing,
        "renew",
        lambda version, at: version.article_id != waits.pk and renew(version, at=at),
    )

    batches = list(page_parts.render_all(at=NOON, is_all=True))

    counts = [(done.checked, done.stale, done.waiting, done.renewed) for done in batches]
    assert counts == [(2, 2, 1, 1), (1, 1, 0, 1)]


def test_parts_of_what_is_no_longer_live_are_not_stored():
    article = an_article()
    version = ArticleVersion.objects.select_related("article").get()
    publishing.withdraw(article, by=None, at=later(hours=1), note="Forged.")

    assert not page_parts.renew(version, at=later(hours=2))
    assert not PageParts.objects.exists()


def test_an_erased_public_note_is_not_shown_from_memory(client, django_capture_on_commit_callbacks):
    article = an_article()
    publishing.update(article, by=None, at=later(hours=1), note="About Quillfeather.")
    publishing.update(article, by=None, at=later(hours=2), note="Clearer.")
    PageParts.objects.all().delete()
    before = page(client, article)

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_version(article.versions.get(n=2), reason="Order", by=None, at=later(hours=3))

    assert "Quillfeather" in before
    assert "Quillfeather" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESK_SECOND_PERSON", False),
        ("SITE_URL", "https://tide.example"),
        ("SITE_LANGUAGE", "fr"),
    ],
)
def test_a_setting_that_changes_what_is_shown_is_another_renderer(settings, name, value):
    settings.DESK_SECOND_PERSON = True
    before = renderer()

    setattr(settings, name, value)

    assert renderer() != before


def test_what_feeds_read_of_stored_parts_stands_before_the_long_columns():
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, PageParts._meta.db_table)
    columns = [column.name for column in table]
    long = {name for name in HTML if name != "feed_sources"}

    assert {*columns[-len(long) :]} == long
