"""Articles of WordPress and Ghost become drafts with all that was theirs, or nothing happens."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError
from PIL import Image as Pillow

from articles import publishing
from articles.models import Article, Author, Image, Redirect
from articles.moving import BadExport, wordpress
from articles.moving.drafts import find_file
from articles.moving.wordpress import as_paragraphs, read_articles, read_blog
from tests.articles.factories import make_author, make_section, make_source
from tests.clock import NOON
from tests.commands import run_command
from tests.processes import ROOT

SAMPLES = Path(__file__).with_name("samples")
WXR, GHOST = SAMPLES / "wordpress.xml", SAMPLES / "ghost.json"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "uploads"
    for name in ("2019/05/quay.png", "content/images/2023/07/thetis.png"):
        path = folder / name
        path.parent.mkdir(parents=True)
        file = BytesIO()
        Pillow.new("RGB", (30, 20 + len(name)), "navy").save(file, "PNG")
        path.write_bytes(file.getvalue())
    return folder


def import_wordpress(file=WXR, *more, **options):
    make_section()
    return run_command("import_wordpress", file, "--section", "world", *more, **options)


@pytest.mark.django_db
def test_wordpress_posts_become_drafts_with_pictures_authors_and_sections(media, at_noon):
    business = make_section("Business")

    ran = import_wordpress(WXR, "--media", media)

    assert ran.out.startswith("2 drafts and 1 picture stored; 0 were here already.")
    dues, note = Article.objects.order_by("pk")
    image = Image.objects.get()
    assert (dues.headline, dues.slug) == ("Harbour dues & “tolls” rise", "harbour-dues-rise")
    assert (dues.status, dues.section, dues.image) == ("draft", business, image)
    assert (dues.standfirst, dues.language) == ("Dues rise by 4 %.", "en-GB")
    assert [author.name for author in dues.authors.all()] == ["Ada Byron"]
    assert dues.body == (
        "The port raised its dues by **4%**, [a notice](https://port.example/notice) says.\n\n"
        f"![The quay at dawn](image:{image.pk})\n\n"
        "## What it costs\n\n- Ships pay 12 crowns.\n- Boats pay 2 crowns."
    )
    assert (note.section.slug, note.slug) == ("world", "an-old-note")
    assert note.body == "The quay\n\nFirst line\\\ngoes on.\n\nSecond paragraph."
    assert "gone.png was left out. It is in no folder of --media" in ran.err


@pytest.mark.django_db
def test_an_imported_draft_is_held_until_it_links_a_post(at_noon):
    import_wordpress()

    findings = publishing.vet(Article.objects.order_by("pk")[0], at=NOON)

    assert "source-missing" in [finding.code for finding in findings]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/2019/05/04/harbour-dues-rise/", "/harbour-dues/"])
def test_a_former_address_leads_to_the_article_once_it_is_published(
    client, tmp_path, at_noon, address
):
    file = tmp_path / "one.xml"
    file.write_text(WXR.read_text().replace("/2019/05/04/harbour-dues-rise/", address))
    import_wordpress(file)
    article = Article.objects.order_by("pk")[0]
    before = client.get(address).status_code

    make_source(article)
    article.headline, article.standfirst = "Calvera turns ships back", ""
    article.body, article.framing_note = "The harbour is closed [@r1].", "We lead with it."
    article.save()
    publishing.publish(article, by=None, at=NOON)

    answer = client.get(address.rstrip("/") if address == "/harbour-dues/" else address)
    assert before == 404
    assert (answer.status_code, answer.url) == (301, article.get_absolute_url())


@pytest.mark.django_db
def test_ghost_posts_become_drafts(media, at_noon):
    make_section("Business")
    make_author("Oda Renn")
    make_section()

    ran = run_command(
        "import_ghost", GHOST, "--site", "https://ghost.example", "--section", "world",
        "--media", media,
    )  # fmt: skip

    assert ran.out.startswith("2 drafts and 1 picture stored")
    ferry = Article.objects.order_by("pk")[0]
    assert (ferry.headline, ferry.section.slug) == ("Ferry inquiry opens", "business")
    assert ferry.standfirst == "Nine witnesses are called."
    assert ferry.body == (
        "The inquiry into the ferry *Thetis* opened.\n\n"
        f"![The Thetis](image:{Image.objects.get().pk})"
    )
    assert sorted(author.name for author in ferry.authors.all()) == ["Ada Byron", "Oda Renn"]
    assert Author.objects.count() == 2
    assert [*Redirect.objects.order_by("pk").values_list("path", flat=True)] == [
        "/ferry-inquiry-opens/",
        "/empty/",
    ]


@pytest.mark.django_db
def test_a_second_run_adds_nothing(media, at_noon):
    import_wordpress(WXR, "--media", media)
    Article.objects.order_by("pk").first().authors.clear()

    ran = import_wordpress(WXR, "--media", media)

    assert ran.out.startswith("0 drafts and 0 pictures stored; 2 were here already.")
    assert (Article.objects.count(), Image.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_a_trial_stores_nothing(media, at_noon):
    ran = import_wordpress(WXR, "--media", media, "--dry-run")

    assert ran.out.startswith("2 drafts and 2 pictures would be stored")
    assert Article.objects.count() == Image.objects.count() == Author.objects.count() == 0
    assert not Redirect.objects.exists()


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<rss><channel><item><title>&b;</title></item></channel></rss>"
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WXR.read_text()[:3_900], "is no XML, or the file was cut off"),
        (WXR.read_text()[:-20], "is no XML, or the file was cut off"),
        (BOMB, "declares entities or a document type"),
        ("", "is no XML, or the file was cut off"),
        ("<rss><channel></channel></rss>", "has no item. Export everything in WordPress"),
        ("<html></html>", "has no item"),
        (None, "No such file or directory"),
    ],
    ids=["half", "last line", "entities", "empty", "no item", "a page", "no file"],
)
def test_a_file_that_is_cut_off_or_hostile_is_refused_before_anything_is_stored(
    tmp_path, at_noon, text, said
):
    file = tmp_path / "blog.xml"
    if text is not None:
        file.write_text(text)

    with pytest.raises(CommandError) as refused:
        import_wordpress(file)

    assert said in str(refused.value)
    assert "No draft stored; repeat the command" in str(refused.value)
    assert Article.objects.count() == Author.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GHOST.read_text()[:400], "is no JSON, or was cut off"),
        ("[]", "is no Ghost export"),
        ('{"db": [{"data": {"posts": [{"id": 1}]}}]}', "'slug' is missing"),
        ('{"db": [{"data": {"posts": 3}}]}', "has not the form"),
        ("[" * 100_000, "is no JSON"),
    ],
    ids=["half", "a list", "no slug", "no posts", "deep"],
)
def test_a_file_that_is_no_ghost_export_is_refused(tmp_path, at_noon, text, said):
    make_section()
    file = tmp_path / "ghost.json"
    file.write_text(text)

    with pytest.raises(CommandError) as refused:
        run_command("import_ghost", file, "--site", "https://g.example", "--section", "world")

    assert said in str(refused.value)
    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--section", "gone"], "There is no section “gone”. There are: world."),
        (["--media", "/nowhere"], "/nowhere is no folder."),
        (["--language", "xx-nonsense-"], "“xx-nonsense-” is no language."),
    ],
)
def test_a_wrong_section_folder_or_language_is_said(at_noon, more, said):
    make_section()
    with pytest.raises(CommandError, match=said):
        run_command("import_wordpress", WXR, "--section", "world", *more)


@pytest.mark.django_db
def test_hostile_html_leaves_no_tag_in_a_draft(tmp_path, at_noon):
    hostile = (
        "<p onclick=x>Hi <iframe src=//evil></iframe><a href='javascript:x'>there</a></p>" * 50
    )
    file = tmp_path / "blog.xml"
    file.write_text(re.sub(r"<p>The port.*?</script></p>", hostile, WXR.read_text(), flags=re.S))

    import_wordpress(file)

    body = Article.objects.order_by("pk")[0].body
    assert body.startswith("Hi there\n\nHi there")
    assert not re.search(r"<\w|javascript:|evil", body)


def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch):
    item = re.search(r"<item>.*?</item>", WXR.read_text(), re.S)[0]
    head, _, tail = WXR.read_text().partition(item)
    file = tmp_path / "large.xml"
    with file.open("w") as written:
        written.write(head)
        for n in range(600):
            written.write(item.replace("?p=12", f"?p={n}00"))
        written.write(tail)
    monkeypatch.setattr(wordpress, "LARGEST_ITEM", 100_000)

    blog = read_blog(file)

    assert file.stat().st_size > 1_000_000
    assert blog.articles == 601
    assert sum(1 for _ in read_articles(file, blog)) == 601


def test_an_item_without_an_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(wordpress, "LARGEST_ITEM", 100_000)
    file = tmp_path / "endless.xml"
    file.write_text("<rss><channel><item><title>" + "a" * 300_000)

    with pytest.raises(BadExport, match="has an item of more than"):
        read_blog(file)


def test_a_picture_is_found_by_the_last_parts_of_its_address_and_never_outside(tmp_path):
    (tmp_path / "media" / "2019").mkdir(parents=True)
    (tmp_path / "media" / "2019" / "a.png").write_bytes(b"a")
    (tmp_path / "secret.png").write_bytes(b"b")
    (tmp_path / "media" / "link.png").symlink_to(tmp_path / "secret.png")
    folder = tmp_path / "media"

    found = find_file(folder, "https://old.example/wp-content/uploads/2019/a.png?w=3")

    assert found == folder / "2019" / "a.png"
    for address in ("/../secret.png", "/%2e%2e/secret.png", "/link.png", "/", "/\0.png"):
        assert find_file(folder, f"https://old.example{address}") is None


def test_wordpress_paragraphs_and_shortcodes_are_read():
    assert as_paragraphs("One\ntwo.\n\n<h2>Head</h2>\n\n[gallery ids='1']Three.") == (
        "<p>One<br>two.</p>\n<h2>Head</h2>\n<p>Three.</p>"
    )
    assert as_paragraphs("<p>One.</p>\n\nTwo") == "<p>One.</p>\n\nTwo"


READS_ALL = """
import resource, sys
from pathlib import Path
import django
django.setup()
from articles.moving.wordpress import read_articles, read_blog
path = Path(sys.argv[1])
blog = read_blog(path)
letters = sum(len(article.html) for article in read_articles(path, blog))
print(blog.articles, letters, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.long
def test_an_export_of_500_mb_is_read_in_little_memory(tmp_path):
    small, large = tmp_path / "small.xml", tmp_path / "large.xml"
    head, _, rest = WXR.read_text().partition("<item>")
    item, _, tail = rest.rpartition("</item>")
    body = "<p>" + "The harbour is closed to ships. " * 600 + "</p>"
    one = (
        f"<item><title>Fog</title><link>https://old.example/{{}}</link>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
    )
    for path, megabytes in ((small, 1), (large, 500)):
        with path.open("w") as file:
            file.write(f"{head}<item>{item}</item>")
            for n in range(megabytes * 1_000_000 // len(one) + 1):
                file.write(one.format(n))
            file.write(tail)

    def read(path):
        ran = subprocess.run(
            [sys.executable, "-c", READS_ALL, path],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
            env={
                "DJANGO_SETTINGS_MODULE": "newsroom.settings",
                "RUNTIME_DIR": str(tmp_path / "runtime"),
            },
        )
        return [int(number) for number in ran.stdout.split()]

    (few, _, little), (many, letters, much) = read(small), read(large)

    assert large.stat().st_size > 500_000_000
    assert many > 400 * few
    assert letters > 450_000_000
    # The paths by which drafts are known again are not here: 200 bytes an article.
    assert much - little < 40, f"{much} MB for 500 MB, {little} MB for 1 MB"
