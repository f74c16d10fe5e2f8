"""Articles that are translations of others: chosen at the desk, and what readers are told."""

import json
import re

import pytest
from django.db import IntegrityError, transaction
from lxml import etree

from articles import publishing, sitemaps
from articles.counterparts import Counterpart, alternates
from articles.models import Act, Article
from tests.articles.factories import make_article, make_live_article
from tests.articles.form_fields import fields_of
from tests.articles.test_views import CARETAKERS
from tests.clock import NOON, later
from tests.commands import run_command
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.plans import plan_of

# What a preview of a live article takes, of which its group is one.
PREVIEW = 12

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address", "at_noon")]


def translate(original, language, *, headline="Calvera weist Schiffe ab", live=True, **fields):
    article = make_article(headline=headline, language=language, original=original, **fields)
    if live:
        publishing.publish(article, by=None, at=later(minutes=5))
        article.refresh_from_db()
    return article


@pytest.fixture
def english():
    return make_live_article(language="en")


@pytest.fixture
def german(english):
    return translate(english, "de")


@pytest.fixture
def arabic(english):
    return translate(english, "ar", headline="كالفيرا ترد السفن")


def also_in(client, article):
    """Return the languages that a page offers, each as it is marked up."""
    return also_in_page(shown(client, article))


def also_in_page(page):
    found = re.search(r'<p class="byline__also">(.*?)</p>', " ".join(page.split()))
    return re.findall(r'<a href="([^"]+)" hreflang="(\S+)" lang="(\S+)" dir="(\S+)">([^<]+)<', found[1]) if found else []  # fmt: skip


def told(client, article):
    """Return the alternates that the head of a page names."""
    page = shown(client, article)
    return re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)


def linked_data(client, article):
    page = shown(client, article)
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


def paper(article):
    return f"https://paper.example{article.get_absolute_url()}"


# What readers and programs are told


def test_each_of_a_group_offers_the_others_by_their_own_names(client, english, german, arabic):
    in_arabic = (arabic.get_absolute_url(), "ar", "ar", "rtl", "العربية")
    in_german = (german.get_absolute_url(), "de", "de", "ltr", "Deutsch")
    in_english = (english.get_absolute_url(), "en", "en", "ltr", "English")

    assert also_in(client, english) == [in_arabic, in_german]
    assert also_in(client, german) == [in_english, in_arabic]
    assert also_in(client, arabic) == [in_english, in_german]


def test_the_heads_of_a_group_name_all_of_it_and_the_original_for_other_languages(
    client, english, german, arabic
):
    expected = [("en", paper(english)), ("ar", paper(arabic)), ("de", paper(german)), ("x-default", paper(english))]  # fmt: skip

    assert [told(client, each) for each in (english, german, arabic)] == [expected] * 3


def test_linked_data_says_what_is_a_translation_of_what(client, english, german, arabic):
    of_original = linked_data(client, english)
    of_translation = linked_data(client, german)

    assert [(each["inLanguage"], each["url"]) for each in of_original["workTranslation"]] == [
        ("ar", paper(arabic)),
        ("de", paper(german)),
    ]
    assert "translationOfWork" not in of_original
    assert of_translation["translationOfWork"]["url"] == paper(english)
    assert "workTranslation" not in of_translation


def test_an_article_alone_says_nothing_of_languages(client, english):
    assert also_in(client, english) == []
    assert told(client, english) == []
    assert "workTranslation" not in linked_data(client, english)


@pytest.mark.parametrize("status", ["draft", "review", "scheduled"])
def test_no_page_names_a_translation_that_is_not_public(client, english, status):
    secret = translate(english, "de", live=False, status=status)

    page = shown(client, english)

    assert secret.headline not in page
    assert secret.slug not in page
    assert also_in(client, english) == []


def test_no_page_names_an_original_under_embargo(client):
    original = make_article(headline="Fleet sails", embargo_until=later(days=1))
    german = translate(original, "de")

    page = shown(client, german)

    assert "Fleet sails" not in page
    assert original.slug not in page
    assert told(client, german) == []


def test_translations_name_each_other_where_the_original_is_not_live(
    client, english, german, arabic
):
    publishing.withdraw(english, by=None, at=later(hours=1), note="Wrong.")

    assert [language for language, _ in told(client, german)] == ["ar", "de"]
    assert [name for *_, name in also_in(client, arabic)] == ["Deutsch"]
    assert "translationOfWork" not in linked_data(client, german)
    assert 'hreflang="de"' not in shown(client, english, status=410)


def test_a_withdrawn_translation_is_named_no_more(
    client, english, german, django_capture_on_commit_callbacks
):
    before = also_in(client, english)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(german, by=None, at=later(hours=1), note="Wrong.")

    assert (len(before), also_in(client, english)) == (1, [])


def test_a_new_address_of_one_is_on_the_pages_of_the_others(
    client, english, german, django_capture_on_commit_callbacks
):
    before = client.get(english.get_absolute_url())
    german.slug = "calvera-schliesst-den-hafen"
    german.save()

    with django_capture_on_commit_callbacks(execute=True):
        publishing.update(german, by=None, at=later(hours=1), note="A better address.")

    tag = {"If-None-Match": before.headers["ETag"]}
    after = client.get(english.get_absolute_url(), headers=tag)
    assert after.status_code == 200
    assert "/calvera-schliesst-den-hafen/" in after.content.decode()


def test_a_translation_is_no_related_article(client, english, german):
    page = shown(client, english)

    assert german.headline not in page.partition("<main")[2]
    assert "More from World" not in page


def test_the_page_takes_six_queries_in_a_group_too(
    client, django_assert_num_queries, english, german, arabic
):
    with django_assert_num_queries(6 + CARETAKERS):
        page = shown(client, english)

    assert "العربية" in page


# A draft, before readers see it


def preview(client, article):
    if not client.session.get("_auth_user_id"):
        client.force_login(make_user(group="Editor"))
    return also_in_page(shown(client, f"/desk/preview/{article.pk}/"))


def test_a_preview_offers_what_the_page_will_offer_once_it_is_published(
    client, english, german, arabic
):
    draft = translate(english, "fr", headline="Calvera refoule des navires", live=False)
    others = [preview(client, each) for each in (english, german)]
    before = preview(client, draft)

    publishing.publish(draft, by=None, at=later(minutes=9))
    draft.refresh_from_db()

    assert [language for _, language, *_ in before] == ["en", "ar", "de"]
    assert before == also_in(client, draft)
    assert [[language for _, language, *_ in each] for each in others] == [
        ["ar", "de"],
        ["en", "ar"],
    ]


def test_a_preview_names_no_draft_that_readers_could_not_open(client):
    original = make_article(headline="Never public")
    german = translate(original, "de")
    hidden = translate(original, "fr", headline="Jamais", live=False)

    found = [preview(client, each) for each in (original, german, hidden)]

    assert [[language for _, language, *_ in each] for each in found] == [["de"], [], ["de"]]


def test_a_preview_follows_the_form_and_not_what_is_public(client, english, german):
    other = make_live_article(headline="Otra", language="es")
    Article.objects.filter(pk=german.pk).update(original=other)

    assert [language for _, language, *_ in preview(client, german)] == ["es"]


def test_a_link_for_outsiders_shows_what_the_preview_does(client, english, german, arabic):
    draft = translate(english, "fr", headline="Calvera refoule des navires", live=False)
    client.force_login(make_user(group="Editor"))
    form = f"/desk/articles/article/{draft.pk}/previews/"
    token = re.search(r'name="link" value="([^"]+)"', shown(client, form))[1]
    made = client.post(form, {"hours": "24", "link": token}).content.decode()
    address = re.search(r"/preview/[\w-]{43}/", made)[0]

    page = shown(client, address)

    assert [language for _, language, *_ in also_in_page(page)] == ["en", "ar", "de"]


def test_a_preview_takes_one_query_for_a_group_of_any_size(
    client, django_assert_max_num_queries, english, german, arabic
):
    alone = make_live_article(headline="Nothing else")

    def queries_of(article):
        with django_assert_max_num_queries(40) as counted:
            preview(client, article)
        return len(counted)

    client.force_login(make_user(group="Editor"))
    queries_of(alone)
    counts = {queries_of(each) for each in (alone, english, german)}

    assert counts == {PREVIEW}


# The sitemap


MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def listed(client, number):
    root = etree.fromstring(client.get(f"/sitemaps/articles-{number}.xml").content)
    return {
        url.findtext("s:loc", namespaces=MAP): [
            (link.get("hreflang"), link.get("href")) for link in url.findall("x:link", MAP)
        ]
        for url in root.findall("s:url", MAP)
    }


def test_the_sitemap_has_a_group_in_one_file_with_all_of_its_languages(
    client, monkeypatch, english, german
):
    monkeypatch.setattr(sitemaps, "FILE", 1)

    found = listed(client, english.pk)

    group = [("en", paper(english)), ("de", paper(german)), ("x-default", paper(english))]
    assert found == {paper(english): group, paper(german): group}
    index = shown(client, "/sitemap.xml")
    assert f"/articles-{english.pk}.xml" in index
    assert f"/articles-{german.pk}.xml" not in index


def test_a_file_is_new_once_a_translation_of_its_articles_is_changed_or_leaves(
    client, monkeypatch, english, german
):
    monkeypatch.setattr(sitemaps, "FILE", 1)
    at_first = sitemaps.newest_change_in(None, str(english.pk))

    publishing.update(german, by=None, at=later(hours=1), note="Clearer.")
    changed = sitemaps.newest_change_in(None, str(english.pk))
    german.original = None
    german.save()
    publishing.update(german, by=None, at=later(hours=2), note="On its own.")
    left = sitemaps.newest_change_in(None, str(english.pk))

    assert (at_first, changed, left) == (later(minutes=5), later(hours=1), later(hours=2))
    assert listed(client, english.pk) == {paper(english): []}


def test_finding_the_articles_of_a_file_reads_indexes():
    plan = plan_of(sitemaps.articles_of(3).values_list("live_slug"))

    assert not plan.reads_whole(Article), plan.text


# What the desk may choose


def save(client, article, **fields):
    client.force_login(make_user(group="Writer", name=f"w{article.pk}"))
    article.refresh_from_db()
    answer = client.post(
        f"/desk/articles/article/{article.pk}/change/", fields_of(article, **fields), follow=True
    )
    article.refresh_from_db()
    return " ".join(answer.content.decode().split())


def test_a_writer_says_of_what_an_article_is_a_translation(client, english):
    article = make_article(headline="Calvera weist Schiffe ab", language="de")

    save(client, article, original=english.pk)

    assert article.original == english
    assert article.live_original is None


@pytest.mark.parametrize("case", ["itself", "chain", "has translations", "same language", "second"])
def test_the_form_refuses_what_readers_could_not_follow(client, english, german, case):
    article = make_article(headline="Calvera rimanda le navi", language="it")
    original, language = english, "it"
    if case == "itself":
        original, said = article, "An article is no translation of itself."
    elif case == "chain":
        original = german
        said = f"“{german}” is a translation itself. Choose its original, “{english}”."
    elif case == "has translations":
        other = translate(article, "fr", headline="Calvera refoule", live=False)
        said = f"“{other}” is a translation of this article, which therefore cannot be one."
    elif case == "same language":
        language, said = "en", f"“{english}” is in English too: choose another language here."
    else:
        language, said = "de", f"“{german}” is the translation of it into German already."

    page = save(client, article, original=original.pk, language=language)

    assert said in page
    assert article.original is None


def test_the_chooser_says_in_which_language_an_article_is(client, english, german):
    client.force_login(make_user(group="Writer"))
    asked = "app_label=articles&model_name=article&field_name=original&term=calvera"

    found = client.get(f"/desk/autocomplete/?{asked}").json()["results"]

    assert {row["text"] for row in found} == {
        "Calvera turns ships back (English, live)",
        "Calvera weist Schiffe ab (German, live)",
    }


@pytest.mark.parametrize("column", ["original", "live_original"])
def test_the_database_refuses_an_article_that_translates_itself(column):
    article = make_article()

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**{column: article.pk})


# What publishing refuses, whatever the form let through


def test_publishing_refuses_the_translation_of_a_translation(english, german):
    article = translate(german, "it", headline="Calvera rimanda", live=False)

    with pytest.raises(publishing.NoTranslation, match="published as a translation itself"):
        publishing.publish(article, by=None, at=NOON)


def test_publishing_refuses_to_make_an_original_a_translation(english, german):
    other = make_live_article(headline="Otra", language="es")
    english.original = other
    english.save()

    with pytest.raises(publishing.NoTranslation, match="is published as a translation of this"):
        publishing.update(english, by=None, at=later(hours=1), note="So.")


def test_publishing_refuses_a_second_translation_into_one_language(english, german):
    article = translate(english, "DE", headline="Noch eine", live=False)

    with pytest.raises(publishing.NoTranslation, match="in German already: “Calvera weist"):
        publishing.publish(article, by=None, at=later(hours=1))


def test_publishing_refuses_an_original_in_the_language_of_its_translation(english, german):
    english.language = "de"
    english.save()

    with pytest.raises(publishing.NoTranslation, match="in German already"):
        publishing.update(english, by=None, at=later(hours=1), note="So.")


def test_a_version_keeps_what_it_was_a_translation_of(english, german):
    german.original = None
    german.save()

    publishing.update(german, by=None, at=later(hours=1), note="On its own.")

    german.refresh_from_db()
    assert [each.original for each in german.versions.order_by("n")] == [english, None]
    assert german.live_original is None


def test_a_draft_that_a_public_article_translates_is_not_deleted(client):
    original = make_article(headline="Never public")
    translate(original, "de")
    client.force_login(make_user(group="Publisher"))

    client.post(f"/desk/articles/article/{original.pk}/delete/", {"post": "yes"})

    assert Article.objects.filter(pk=original.pk).exists()


def test_a_draft_that_drafts_translate_can_be_deleted(client):
    original = make_article(headline="Never public")
    article = translate(original, "de", live=False)
    client.force_login(make_user(group="Publisher"))

    client.post(f"/desk/articles/article/{original.pk}/delete/", {"post": "yes"})

    article.refresh_from_db()
    assert article.original is None


# Where else the setting goes


def test_a_schedule_publishes_the_original_that_it_was_given(english):
    article = translate(english, "de", live=False)
    publishing.schedule(article, due_at=later(hours=1), by=None, at=NOON)
    Article.objects.filter(pk=article.pk).update(original=None)

    list(publishing.publish_due(now=lambda: later(hours=2)))

    article.refresh_from_db()
    assert article.live_original == english


def test_versions_are_compared_and_restored_with_it(client, english, german):
    german.original = None
    german.save()
    publishing.update(german, by=None, at=later(hours=1), note="On its own.")
    client.force_login(make_user(group="Editor"))
    desk = f"/desk/articles/article/{german.pk}"

    compared = shown(client, f"{desk}/compare/?from=1&to=2")
    form = shown(client, f"{desk}/change/?version=1")

    assert "Translation of" in compared
    assert re.search(rf'name="original".*?<option value="{english.pk}" selected', form, re.S)


def test_an_export_carries_groups_wherever_they_begin(tmp_path):
    # The translation was there before what it translates, and they once were the other way round.
    german = make_live_article(headline="Zuerst", language="de")
    english = make_live_article(headline="Second", language="en", original=german)
    english.original = None
    english.save()
    publishing.update(english, by=None, at=later(hours=1), note="On its own.")
    german.original = english
    german.save()
    publishing.update(german, by=None, at=later(hours=2), note="The translation.")
    run_command("export_articles", str(tmp_path / "one"))
    before = of_groups()
    for each in (german, english):
        Article.objects.filter(pk=each.pk).update(slug=f"old-{each.pk}", live_slug=f"old-{each.pk}", created_at=later(days=-9))  # fmt: skip

    ran = run_command("import_articles", str(tmp_path / "one"))

    assert ran.out.startswith("2 articles imported")
    assert of_groups()[2:] == before


def of_groups():
    """Return of each article its original, as the draft, readers and its versions have it."""

    def name(article):
        return article and article.headline

    return [
        (
            each.headline,
            name(each.original),
            name(each.live_original),
            [name(version.original) for version in each.versions.order_by("n")],
        )
        for each in Article.objects.order_by("pk")
    ]


def test_an_export_of_an_earlier_release_is_read(tmp_path, english):
    run_command("export_articles", str(tmp_path / "one"))
    (tmp_path / "one" / "translations.jsonl").unlink()
    (file,) = (tmp_path / "one").glob("articles/*/article.json")
    rows = json.loads(file.read_text())
    for row in (rows["article"], *rows["versions"]):
        row.pop("original")
    rows["article"].pop("live_original")
    file.write_text(json.dumps(rows))
    Article.objects.update(slug="old", live_slug="old", created_at=later(days=-9))

    assert run_command("import_articles", str(tmp_path / "one")).out.startswith(
        "1 article imported"
    )


def test_an_act_is_logged_for_a_translation_as_for_any(german):
    assert Act.objects.filter(article=german, verb="publish").exists()


def test_one_language_alone_has_no_alternates():
    one = Counterpart(pk=1, language="de", path="/a/", headline="A", is_original=True)

    assert alternates([one]) == []
    assert len(alternates([one, one])) == 4
