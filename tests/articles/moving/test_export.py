"""Everything that articles are is exported, and the same once it is imported."""

import json
import re

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles import archive, search
from articles.models import Article, Author, Redirect, Topic, VersionSource, WireSource
from articles.moving.kinds import KINDS
from tests.articles.factories import make_topic
from tests.articles.moving.exports import (
    make_site,
    rename_all,
    rename_articles,
)
from tests.clock import NOON, later
from tests.commands import run_command
from wires.models import Channel, PostVersion
from wires.retention import erase
from wires.search import SearchQuery


def contents(folder):
    """Return every file by its place, ids apart: in the order of the rows."""
    numbers, found = {}, {}

    def number(match):
        return match[1] + str(numbers.setdefault((match[1], match[2]), len(numbers)))

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = re.sub(r"\d{7}-", "", str(path.relative_to(folder)))
        body = path.read_bytes() if path.parent.name == "pictures" else path.read_text()
        found[name] = body if isinstance(body, bytes) else without_ids(body)
    return found


def without_ids(text):
    names = "id|article|section|live_section|image|live_version|post|version|post_version|channel|outlet|topic|author"
    text = re.sub(
        rf'"({names}|latest_version|version_before|version_after)": \d+', r'"\1": N', text
    )
    text = re.sub(r'"(authors|topics)": \[[\s\d,]+\]', r'"\1": N', text)
    text = re.sub(r'"at": "[^"]+", "articles"', "", text)
    return re.sub(r"image:\d+", "image:N", text)


@pytest.mark.django_db(transaction=True)
def test_what_is_exported_and_imported_elsewhere_is_exported_the_same(tmp_path, at_noon):
    live = make_site()
    address, old = live.get_absolute_url(), Redirect.objects.get().path
    run_command("export_articles", str(tmp_path / "one"))
    kept = {path.name: path.read_bytes() for path in (tmp_path / "one" / "pictures").iterdir()}
    call_command("flush", interactive=False, verbosity=0)
    for name in kept:
        default_storage.delete(name)

    ran = run_command("import_articles", str(tmp_path / "one"))
    run_command("export_articles", str(tmp_path / "two"))

    assert ran.out == "3 articles imported, 0 were here already; 1 picture stored.\n"
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert [*one] == [*two]
    for name, text in one.items():
        # That nothing was fetched here is the one thing that is another.
        expected = text.replace('"flags": []', '"flags": ["pasted"]') if "post_v" in name else text
        assert two[name] == expected, name
    assert len(one) == 8 + 1 + 1 + 1 + 3 * 2 + 3
    back = Article.objects.live().get()
    assert (back.get_absolute_url(), Redirect.objects.get().path) == (address, old)
    keys = search.find_keys(SearchQuery.read("fog -ends", at=NOON), most=5)
    assert keys == []
    assert len(search.find_keys(SearchQuery.read("fog ends", at=NOON), most=5)) == 1
    [topic] = back.topics.all()
    listed = [each.author or each.topic for each in back.listings.order_by("pk")]
    assert [str(each) for each in listed] == ["Ada Byron", "Oda Renn", "Ports"]
    assert len(search.find_keys(SearchQuery(), topic=topic.pk, most=5)) == 1
    # Nothing is public that no check has seen.
    assert back.vetting.version == back.live_version
    assert not archive.never_vetted().exists()
    assert ran.err.startswith("1 article checked, ")


@pytest.mark.django_db
def test_an_export_has_all_versions_and_markdown_that_any_program_reads(tmp_path, at_noon):
    live = make_site()
    run_command("export_articles", str(tmp_path / "one"))
    article = next((tmp_path / "one" / "articles").glob("*another-slug")) / "article.json"
    rows = json.loads(article.read_text())

    assert [each["headline"] for each in rows["versions"]] == ["Fog & rain", "Fog and rain: “ends”"]
    markdown = (article.parent / "article.md").read_text()
    assert markdown.startswith('---\ntitle: "Fog and rain: “ends”"\nslug: "another-slug"\n')
    assert 'authors: ["Ada Byron", "Oda Renn"]' in markdown
    assert 'topics: ["Ports"]' in markdown
    assert 'topics: ["Ports"]' in (article.parent / "version-1.md").read_text()
    assert markdown.endswith(f"---\n\n{live.body}\n")


@pytest.mark.django_db(transaction=True)
def test_topics_of_drafts_and_lists_of_what_is_live_are_imported_as_they_were(tmp_path, at_noon):
    live = make_site()
    live.topics.set([make_topic("Weather")])
    Topic.objects.filter(name="Ports").update(name="Harbours", slug="harbours")
    live.authors.remove(Author.objects.get(name="Oda Renn"))
    run_command("export_articles", str(tmp_path / "one"))
    before = labels()
    call_command("flush", interactive=False, verbosity=0)

    run_command("import_articles", str(tmp_path / "one"))

    assert labels() == before
    assert before["Fog and rain: “ends”"] == (["Weather"], ["Ada Byron", "Oda Renn", "Harbours"])
    assert before["Not yet"] == (["Fog", "Trade"], [])
    assert Topic.objects.get(name="Fog").description == "Where ships wait."
    assert Topic.objects.count() == 4


def labels():
    """Return of each article the topics of its draft, and under what readers find it."""
    return {
        article.headline: (
            [topic.name for topic in article.topics.order_by("name")],
            [str(each.author or each.topic) for each in article.listings.order_by("pk")],
        )
        for article in Article.objects.all()
    }


@pytest.mark.django_db(transaction=True)
def test_an_export_of_an_earlier_release_lists_articles_as_their_versions_say(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    (tmp_path / "one" / "topics.jsonl").unlink()
    for path in (tmp_path / "one" / "articles").glob("*/article.json"):
        rows = json.loads(path.read_text())
        del rows["article"]["topics"], rows["listings"]
        path.write_text(json.dumps(rows))
    call_command("flush", interactive=False, verbosity=0)

    run_command("import_articles", str(tmp_path / "one"))

    assert labels()["Fog and rain: “ends”"] == (["Ports"], ["Ada Byron", "Oda Renn", "Ports"])
    assert labels()["Not yet"] == ([], [])


@pytest.mark.django_db
def test_a_draft_of_an_export_is_on_no_list_whatever_its_file_says(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    rename_all(tmp_path / "one")
    (path,) = (
        path
        for path in (tmp_path / "one" / "articles").glob("*/article.json")
        if '"headline": "Not yet"' in path.read_text()
    )
    rows = json.loads(path.read_text())
    rows["listings"] = [
        {"id": 1, "article": rows["article"]["id"], "topic": rows["article"]["topics"][0],
         "author": None, "position": 0, "first_published_at": NOON.isoformat()}
    ]  # fmt: skip
    path.write_text(json.dumps(rows))

    run_command("import_articles", str(tmp_path / "one"))

    assert not Article.objects.get(slug=rows["article"]["slug"]).listings.exists()


@pytest.mark.django_db
def test_importing_again_adds_nothing(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    before = counts()

    ran = run_command("import_articles", str(tmp_path / "one"))

    assert ran.out == "0 articles imported, 3 were here already; 1 picture stored.\n"
    assert counts() == before


def counts():
    return {kind.name: kind.model._default_manager.count() for kind in KINDS.values()}


@pytest.mark.django_db
def test_a_trial_keeps_nothing(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    rename_all(tmp_path / "one")
    before = counts()

    ran = run_command("import_articles", str(tmp_path / "one"), "--dry-run")

    assert ran.out.startswith("3 articles would be imported")
    assert counts() == before


@pytest.mark.django_db
def test_an_import_says_of_posts_that_they_were_copied_and_polls_nothing(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    rename_all(tmp_path / "one")
    channels = (tmp_path / "one" / "channels.jsonl").read_text()
    (tmp_path / "one" / "channels.jsonl").write_text(channels.replace("https://", "https://new."))

    ran = run_command("import_articles", str(tmp_path / "one"))

    assert ran.status == 0
    new = Channel.objects.order_by("-pk").first()
    assert (new.paused, new.paused_reason[:8]) == (True, "Imported")
    assert new.code != Channel.objects.order_by("pk").first().code
    assert PostVersion.objects.order_by("-pk").first().is_copied()


@pytest.mark.django_db
def test_words_that_were_erased_here_do_not_come_back_with_an_export(tmp_path, at_noon):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    post = VersionSource.objects.first().post_version.post
    words = post.latest_version.text
    erase(post, reason="A court.", by=None, at=later(hours=1))
    before = counts()
    rename_articles(tmp_path / "one")

    ran = run_command("import_articles", str(tmp_path / "one"))

    assert ran.status == 0
    assert counts()["post_versions"] == before["post_versions"]
    assert words
    assert not post.versions.filter(text=words).exists()
    quoting = [*VersionSource.objects.filter(post_version__post=post).order_by("-pk")[:1]]
    quoting += WireSource.objects.filter(post=post).order_by("-pk")[:1]
    said = [
        (each.note, getattr(each, "spans", []) or getattr(each, "passages", [])) for each in quoting
    ]
    assert said == [("", []), ("", [])]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "html",
    [
        "<p>One.</p><script>alert(1)</script>",
        '<p onclick="x()">One.</p>',
        "< SCRIPT src=x>",
        '<a href="javascript:x()">One</a>',
        "<p>One.</p><svg/onload=x()>",
    ],
)
def test_html_that_our_renderer_never_writes_is_refused(tmp_path, at_noon, html):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    rename_all(tmp_path / "one")
    for path in (tmp_path / "one" / "articles").glob("*/article.json"):
        rows = json.loads(path.read_text())
        for version in rows["versions"]:
            version["html"] = html
        path.write_text(json.dumps(rows))

    with pytest.raises(CommandError, match="which this program never writes"):
        run_command("import_articles", str(tmp_path / "one"))


def break_json(path):
    path.write_text(path.read_text()[:200])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "damage", "said"),
    [
        ("export.json", lambda path: path.unlink(), "Is this a folder that export_articles wrote?"),
        ("export.json", lambda path: path.write_text('{"format": 99}'), "of format 99"),
        ("posts.jsonl", break_json, "posts.jsonl, line 1, is no row, or was cut off."),
        ("authors.jsonl", lambda path: path.write_text("[1]\n"), "line 1, is no row"),
        ("sections.jsonl", lambda path: path.write_text(""), "names sections"),
        ("articles/*/article.json", break_json, "article.json is no JSON, or was cut off."),
        ("articles/*/article.json", lambda path: path.write_text("{}"), "lacks 'article'"),
    ],
)
def test_an_export_that_was_damaged_is_refused_and_named(tmp_path, at_noon, place, damage, said):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    rename_all(tmp_path / "one")
    damage(next(iter(sorted((tmp_path / "one").glob(place)))))
    before = counts()

    with pytest.raises(CommandError) as refused:
        run_command("import_articles", str(tmp_path / "one"))

    assert said in str(refused.value)
    assert "was imported; repeat the command once it is put right." in str(refused.value)
    assert counts()["wire_sources"] == before["wire_sources"]


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "waits"), [(["--dry-run"], True), ([], False)])
def test_a_dry_run_of_a_damaged_export_checks_nothing_either(tmp_path, at_noon, more, waits):
    make_site()
    run_command("export_articles", str(tmp_path / "one"))
    break_json(tmp_path / "one" / "posts.jsonl")
    assert archive.never_vetted().exists()

    with pytest.raises(CommandError):
        run_command("import_articles", str(tmp_path / "one"), *more)

    assert archive.never_vetted().exists() is waits


@pytest.mark.django_db
def test_an_export_does_not_write_over_what_is_there(tmp_path, at_noon):
    make_site()
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "mine.txt").write_text("Mine.")

    with pytest.raises(CommandError, match=r"is there already\. Name a folder that is not"):
        run_command("export_articles", str(tmp_path / "one"))

    assert [path.name for path in (tmp_path / "one").iterdir()] == ["mine.txt"]


def test_each_column_that_a_kind_names_is_there():
    kinds = list(KINDS.values())
    columns = {
        kind.name: {each.name for each in kind.model._meta.concrete_fields} for kind in kinds
    }

    assert [kind.name for kind in kinds if not kind.left <= columns[kind.name]] == []
    assert [kind.name for kind in kinds if not {*kind.known} <= columns[kind.name]] == []
