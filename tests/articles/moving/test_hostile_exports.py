"""Folders that export_articles never wrote: imported as far as they are sound, or refused."""

import json
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from io import BytesIO

import pytest
from django.db import transaction
from PIL import Image as Pillow

from articles.models import Article, ArticleVersion, Image, Redirect, Section
from articles.moving import BadExport, read_export
from articles.moving.files import read_json
from articles.moving.importing import refuse_foreign_html, undone_if
from articles.moving.kinds import KINDS, as_row, read_values
from articles.prose import Picture, Source, render, render_note
from tests.articles.moving.exports import (
    lead_outside,
    make_site,
    never_end,
    rename_all,
    with_value,
)
from tests.clock import NOON
from tests.commands import run_command
from wires.models import Outlet, PostVersion

OWN = "articles/*another-slug/article.json"
# Where in the folder, what is done to it, and what is said of it.
DAMAGES = (
    ("articles/*/article.json", lead_outside, "is no file of this folder."),
    ("articles/*/article.json", never_end, "is no file of this folder."),
    ("posts.jsonl", never_end, "is no file of this folder."),
    ("posts.jsonl", with_value("latest_version", [1]), "posts.jsonl, line 1"),
    ("posts.jsonl", with_value("channel", [1]), "posts.jsonl, line 1"),
    ("posts.jsonl", with_value("wire_at", "2026-13-45T10:00:00Z"), "posts.jsonl, line 1"),
    ("posts.jsonl", with_value("wire_at", "2026-06-25T10:00:00"), "is no moment"),
    ("sections.jsonl", with_value("slug", 5), "This is no text."),
    ("sections.jsonl", with_value("position", 10**30), "sections.jsonl, line 1"),
    ("images.jsonl", with_value("sha256", "../../secret"), "“sha256” of a row of images"),
    ("outlets.jsonl", with_value("aliases", {"a": 1}), "“aliases” of a row of outlets"),
    ("articles/*/article.json", with_value("authors", 5), "article.json lacks"),
    (
        OWN,
        with_value("bylines", ["Ada"], "versions"),
        "“bylines” of a row of versions",
    ),
    (
        OWN,
        with_value("language", "</x>", "versions"),
        "“language” of a row of versions",
    ),
    (
        OWN,
        with_value("version", 10**12, "version_sources"),
        "which is not in the export",
    ),
)
HTML = (
    '<p title=">" onclick="x()">One.</p>',
    '<img/src="x"/onerror="x()">',
    '<a href="jav&#97;script:x()">One</a>',
    '<button formaction="javascript:x()">One</button>',
    '<p style="position:fixed">One.</p>',
)


@pytest.mark.parametrize("html", HTML)
def test_html_with_anything_that_our_renderer_never_writes_is_refused(html):
    with pytest.raises(BadExport, match="which this program never writes"):
        refuse_foreign_html({"html": "<p>One.</p>", "framing_html": html})


def test_html_of_our_renderer_is_taken_as_it_is():
    pictures = {
        1: Picture(id=1, url="/media/a.jpg", alt="A “b” & c", credit="D", width=8, height=6)
    }
    body = (
        "A [b](https://c.example/?d=1&e=2) [@r1]. F [@r1].\n\n| G |\n| - |\n| h |\n\n![](image:1)"
    )

    html = render(body, sources=[Source(key="r1", label="I “j”")], pictures=pictures).html

    assert all(part in html for part in ("<table>", "<figure", "<sup", "<a "))
    refuse_foreign_html({"html": html, "framing_html": render_note("K *l* \u202em.")})


@pytest.mark.parametrize("damage", [lead_outside, never_end, lambda path: path.unlink()])
def test_what_is_no_file_of_the_folder_is_not_read(tmp_path, damage):
    path = tmp_path / "one" / "export" / "articles" / "0000001-a" / "article.json"
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    folder = tmp_path / "one" / "export"
    assert read_json(path, folder) == {}

    damage(path)

    with pytest.raises(BadExport):
        read_json(path, folder)


@pytest.mark.parametrize(
    ("row", "name", "value"),
    [
        (Section(name="World", slug="world"), "slug", 5),
        (Section(name="World", slug="world"), "position", 10**30),
        (Image(sha256="a" * 64, extension="jpg", width=1, height=1, size=1), "sha256", "../x"),
        (Image(sha256="a" * 64, extension="jpg", width=1, height=1, size=1), "uploaded_at", "now"),
        (Outlet(name="BBC", slug="bbc"), "aliases", {"a": 1}),
        (Outlet(name="BBC", slug="bbc"), "aliases", [1]),
        (PostVersion(n=1, language="en"), "captured_at", "2026-06-25T10:00:00"),
        (PostVersion(n=1, language="en"), "captured_at", "2026-13-45T10:00:00Z"),
        (PostVersion(n=1, language="en"), "language", "</x>"),
        (ArticleVersion(n=1, language="en"), "bylines", ["Ada"]),
        (ArticleVersion(n=1, language="en"), "topics", [{"name": "Ports"}]),
    ],
)
def test_a_row_that_holds_something_else_than_its_columns_is_refused(row, name, value):
    kind, said = KINDS[type(row)], as_row(row)
    assert name in read_values(kind, said, {})

    with pytest.raises(BadExport):
        read_values(kind, said | {name: value}, {})


@pytest.mark.long
@pytest.mark.django_db
def test_each_row_and_file_that_no_export_has_is_refused_and_named(tmp_path, at_noon):
    make_site()
    folder = tmp_path / "one" / "export"
    run_command("export_articles", str(folder))
    rename_all(folder)
    before = Article.objects.count()
    of_html = [
        (OWN, with_value("html", html, "versions"), "which this program never writes")
        for html in HTML
    ]

    for place, damage, said in (*DAMAGES, *of_html):
        path = next(iter(sorted(folder.glob(place))))
        body = path.read_text()
        damage(path)
        with pytest.raises(BadExport) as refused, transaction.atomic():
            [*read_export(folder)]
        assert said in str(refused.value), (place, said)
        path.unlink()
        path.write_text(body)

    assert Article.objects.count() == before


@pytest.mark.django_db
def test_a_version_that_was_erased_here_does_not_come_back_under_a_former_slug(tmp_path, at_noon):
    live = make_site()
    run_command("export_articles", str(tmp_path / "one"))
    path = live.get_absolute_url()
    Redirect.objects.create(path=path, article=live, created_at=NOON)
    Article.objects.filter(pk=live.pk).update(slug="renamed", live_slug="renamed")

    ran = run_command("import_articles", str(tmp_path / "one"))

    assert ran.out.startswith("0 articles imported, 3 were here already")


@pytest.mark.django_db
def test_a_picture_that_is_no_file_of_an_export_is_left_out(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    picture = next((tmp_path / "one" / "pictures").iterdir())
    never_end(picture)
    picture.with_name("0" * 64 + ".png").symlink_to(tmp_path / "one" / "export.json")
    body = BytesIO()
    Pillow.new("RGB", (8, 8)).save(body, "TIFF")
    name = f"{sha256(body.getvalue()).hexdigest()}.jpg"
    picture.with_name(name).write_bytes(body.getvalue())

    ran = run_command("import_articles", str(tmp_path / "one"))

    assert ran.status == 0
    assert ran.err.count("It was left out.") == 3


HOSTILE = (
    None, True, 0, -1, 5, 1.5, 10**30, "", "x", "\0", "\ud800", "x" * 3_000, [], {}, [[]], ["x"],
    [{}], [None], {"a": 1}, "2026-13-45T10:00:00Z", "0001-01-01T00:00:00+23:00",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(kind.name for kind in KINDS.values()))
def test_whatever_stands_in_a_row_it_is_imported_or_refused(tmp_path, at_noon, client, name):
    Redirect.objects.create(path="/2026/06/25/old/", article=make_site(), created_at=NOON)
    folder = tmp_path / "one"
    run_command("export_articles", str(folder))
    rename_all(folder)
    table = folder / f"{name}.jsonl"
    # Not every article has rows of every kind.
    with_rows = (each for each in folder.glob(OWN) if json.loads(each.read_text())[name])
    path = table if table.exists() else next(with_rows)
    before = path.read_text()
    rows = json.loads(before.splitlines()[0]) if path is table else json.loads(before)[name]
    outcomes = Counter()
    for column in rows[0] if isinstance(rows, list) else rows:
        for value in HOSTILE:
            with_value(column, value, name)(path)
            with suppress(BadExport), undone_if(is_dry=True):
                [*read_export(folder)]
                outcomes["imported"] += 1
                for article in Article.objects.live():
                    assert client.get(article.get_absolute_url()).status_code in {200, 301, 410}
            outcomes["tried"] += 1
    path.write_text(before)

    assert outcomes["imported"] < outcomes["tried"]
