"""The findings panel: fixes, acknowledgements, coverage, languages."""

import html
import json
import re

import pytest

from articles.models import Acknowledgement, Override, WireSource
from tests.articles.factories import make_article, make_source
from tests.articles.form_fields import fields_of
from tests.clock import later
from tests.wires.factories import add_version, make_channel, make_outlet, make_post

pytestmark = pytest.mark.django_db

VET = "/desk/vet/"
WEEKDAY = "On Thursday 24 June 2026 the harbour closed [@r1]."


def panel(client, article, **fields):
    data = fields_of(article, **fields)
    return client.post(f"{VET}?article={article.pk}", data).content.decode()


def save(client, article, **fields):
    data = fields_of(article, **fields)
    path = f"/desk/articles/article/{article.pk}/change/"
    return client.post(path, data, follow=True).content.decode()


def ways_in(page):
    """Return each fix by its label: the value of its button, and the data for the script."""
    found = re.findall(
        r'name="_fix" value="([^"]+)" data-fix="([^"]+)"[^>]*>([^<]+)</button>', page
    )
    return {
        html.unescape(label): (value, json.loads(html.unescape(told)))
        for value, told, label in found
    }


# Fixes


def test_a_fix_tells_the_script_what_it_replaces(log_in):
    article = make_article(body="🚢 The harbour closed [@r11].")

    page = panel(log_in("Writer"), article)

    _, data = ways_in(page)["Change to [@r1]"]
    # Places count from where the finding starts.
    assert re.findall(r'data-field="body" data-start="(\d+)"', page) == ["22"]
    assert data["edits"] == [{"field": "body", "start": 0, "end": 4, "text": "@r1", "was": "@r11"}]


def test_a_fix_button_saves_the_fixed_form_without_script(log_in):
    writer, article = log_in("Writer"), make_article(body="The harbour closed [@r11].")
    value, _ = ways_in(panel(writer, article))["Change to [@r1]"]

    page = save(writer, article, _fix=value, standfirst="Written just now.")

    article.refresh_from_db()
    assert "Fixed: Change to [@r1]." in page
    assert article.body == "The harbour closed [@r1]."
    assert article.standfirst == "Written just now."


def test_the_post_excerpt_is_shown_and_no_button_inserts_it(log_in):
    post = make_post(text="He said: “No ship will pass.” Rates rose by 0.1 per cent on Friday.")
    article = make_article(
        sources=False,
        body="“No ship will ever pass,” he said [@r1]. Rates rose by 0.35 per cent [@r1].",
    )
    make_source(article, post=post)

    page = panel(log_in("Writer"), article)

    assert "only in the article: </span>ever" in page
    assert re.search(r"by <mark[^>]*>0\.1 per cent</mark> on Friday", page)
    assert ways_in(page) == {}


def test_no_archived_post_is_suggested_for_an_unlinked_outlet(log_in):
    nahr = make_channel(outlet=make_outlet("Radio Nahr"), code="NAHR")
    make_post(channel=nahr, text="No pilot boarded a grain ship.")
    article = make_article(body="Radio Nahr reports that no pilot boarded a grain ship [@r1].")

    page = panel(log_in("Writer"), article)

    assert ">outlet-not-linked<" in page
    assert "Link Radio Nahr" not in page


def test_a_fix_is_known_again_after_its_sentence_was_written_on(log_in):
    writer, article = log_in("Writer"), make_article(body="The harbour closed [@r11].")
    value, _ = ways_in(panel(writer, article))["Change to [@r1]"]

    save(writer, article, _fix=value, body="Again: The harbour closed [@r11].")

    article.refresh_from_db()
    assert article.body == "Again: The harbour closed [@r1]."


@pytest.mark.parametrize("value", ["", "x", "a.0.0", f"{'a' * 64}.0.0", "\0"])
def test_an_outdated_fix_saves_the_form_unchanged_and_says_so(log_in, value):
    article = make_article(body=WEEKDAY)

    page = save(log_in("Writer"), article, _fix=value)

    article.refresh_from_db()
    assert "no longer applies" in page
    assert article.body == WEEKDAY


def test_the_panel_takes_few_queries_with_many_findings_and_sources(
    log_in, django_assert_max_num_queries
):
    writer, article = log_in("Editor"), make_article(body=WEEKDAY + " Radio Nahr reports so.")
    make_outlet("Radio Nahr")
    for n in range(12):
        make_source(article, key=f"k{n}")
    data = fields_of(article)

    with django_assert_max_num_queries(10):
        page = writer.post(f"{VET}?article={article.pk}", data).content.decode()

    codes = set(re.findall(r'finding__code">([^<]+)<', page))
    assert {"weekday", "outlet-not-linked", "source-uncited"} <= codes


def test_the_panel_leaves_out_the_words_that_the_browser_has(log_in):
    writer, article = log_in("Writer"), make_article(body=f"{WEEKDAY} It is open [@zz].")
    first = panel(writer, article)
    known = re.findall(r'data-hash="(\w+)"', first)

    again = panel(writer, article, known=" ".join(known))
    moved = panel(writer, article, known=" ".join(known), body=f"{article.body}\n\nAnd shut [@r1].")

    assert len(known) >= 2
    assert ">weekday<" in first
    assert "finding__code" not in again
    assert re.findall(r'data-hash="(\w+)" data-same', again) == known
    assert moved.count("data-same") == len(known)


def test_the_panel_sends_a_finding_again_once_it_says_something_else(log_in):
    writer, article = log_in("Editor"), make_article()
    make_source(article, key="t1")
    first = panel(writer, article)
    known = " ".join(re.findall(r'data-hash="(\w+)"', first))
    query = re.search(r'name="_acknowledge" value="(\w+)"', first)[1]

    acknowledged = panel(writer, article, known=known, _acknowledge=query)

    assert "Acknowledged by" in acknowledged


def test_one_click_cites_the_latest_version_or_makes_a_source_background(log_in):
    writer, article = log_in("Writer"), make_article()
    newer = add_version(article.wire_sources.get().post, text="It is open.", at=later(hours=1))
    make_source(article, key="t1")

    ways = ways_in(panel(writer, article))
    save(writer, article, _fix=ways["Cite the current version of r1"][0])
    article.refresh_from_db()
    save(writer, article, _fix=ways["Set t1 to background"][0])

    assert article.wire_sources.get(key="r1").version == newer
    assert article.wire_sources.get(key="t1").role == "background"


def test_one_click_removes_a_duplicate_link_to_one_post(log_in):
    writer, article = log_in("Writer"), make_article(body="It closed [@r1]. It is shut [@r2].")
    post = article.wire_sources.get().post
    make_source(article, key="r2", post=post)

    value, _ = ways_in(panel(writer, article))["Keep r1, remove r2"]
    save(writer, article, _fix=value)

    article.refresh_from_db()
    assert article.body == "It closed [@r1]. It is shut [@r1]."
    assert [source.key for source in article.wire_sources.all()] == ["r1"]


def test_the_place_chosen_by_an_editor_is_stored_with_the_source(log_in):
    writer = log_in("Writer")
    twice = "Notice. The pilots will not board any ship. Later: the pilots will not board any ship at all."
    article = make_article(body="They “will not board any ship” [@r1].", sources=False)
    make_source(article, post=make_post(title="Notice", text=twice))

    page = panel(writer, article)
    second = re.findall(r'name="_fix" value="([^"]+)"[^>]*>Choose this one<', page)[1]
    save(writer, article, _fix=second)

    (chosen,) = WireSource.objects.get().passages
    assert chosen["start"] > 40
    assert "Choose this one" not in panel(writer, article)
    # The choice survives another save, and the browser's own values take precedence.
    article.refresh_from_db()
    save(writer, article, **{"wire_sources-0-passages": json.dumps([chosen])})
    assert WireSource.objects.get().passages == [chosen]


@pytest.mark.parametrize("value", ["", "[", "7", '[{"exact": 1}]', '{"a": 1}', "null", '["x"]'])
def test_invalid_place_choices_are_ignored(log_in, value):
    writer, article = log_in("Writer"), make_article()

    answer = writer.post(
        f"{VET}?article={article.pk}", fields_of(article, **{"wire_sources-0-passages": value})
    )
    save(writer, article, **{"wire_sources-0-passages": value})

    assert answer.status_code == 200
    assert WireSource.objects.get().passages == []


# Acknowledging findings


def fingerprint_in(page, name="_acknowledge"):
    return re.search(rf'name="{name}" value="(\w+)"', page)[1]


def test_a_query_on_unsaved_text_is_acknowledged_and_undone(log_in):
    editor, article = log_in("Editor"), make_article()
    make_source(article, key="t1")
    unsaved = {"body": "It is shut and nobody knows why [@t1]."}
    page = panel(editor, article, **unsaved)
    fingerprint = fingerprint_in(page)

    seen = panel(
        editor, article, _acknowledge=fingerprint, **{f"note-{fingerprint}": "Known."}, **unsaved
    )
    note = Acknowledgement.objects.get().note
    again = panel(editor, article, _revoke=fingerprint, **unsaved)

    assert "Acknowledged <span" in seen
    assert note == "Known."
    assert "Acknowledged <span" not in again
    assert not Acknowledgement.objects.exists()


def test_an_acknowledgement_lapses_when_its_evidence_changes_not_on_other_edits(log_in):
    editor, article = log_in("Editor"), make_article()
    make_source(article, key="t1")
    fingerprint = fingerprint_in(panel(editor, article))
    panel(editor, article, _acknowledge=fingerprint)

    elsewhere = panel(editor, article, headline="Another headline")
    cited = panel(editor, article, body="Shut [@r1]. Closed [@t1].")

    assert f'name="_revoke" value="{fingerprint}"' in elsewhere
    assert f'name="_revoke" value="{fingerprint}"' not in cited


def test_without_script_acknowledging_saves_the_text_too(log_in):
    editor, article = log_in("Editor"), make_article()
    fingerprint = fingerprint_in(panel(editor, article))

    page = save(editor, article, _acknowledge=fingerprint, standfirst="Written just now.")

    article.refresh_from_db()
    assert article.standfirst == "Written just now."
    assert "Acknowledged <span" in page
    assert Acknowledgement.objects.get().by.groups.get().name == "Editor"


def test_a_hold_is_not_acknowledged_and_a_writer_acknowledges_nothing(log_in):
    article = make_article(framing_note="")
    (hold,) = re.findall(r'href="[^"]*/override/(\w+)/"', panel(log_in("Publisher"), article))

    held = panel(log_in("Editor"), article, _acknowledge=hold)
    writer = log_in("Writer")
    page = panel(writer, article)
    refused = panel(writer, article, _acknowledge=hold)

    assert "can only be overridden" in held
    assert 'name="_acknowledge"' not in page
    assert "may not acknowledge a finding" in refused
    assert not Acknowledgement.objects.exists()


def test_an_overridden_hold_says_who_did_it_and_that_another_person_must_publish(log_in, client):
    article = make_article(framing_note="")
    publisher = log_in("Publisher")
    (hold,) = re.findall(r'href="[^"]*/override/(\w+)/"', panel(publisher, article))
    publisher.post(f"/desk/articles/article/{article.pk}/override/{hold}/", {"note": "A brief."})

    own = client.get(f"/desk/articles/article/{article.pk}/change/").content.decode()
    refused = save(client, article, _publish="1")
    others = log_in("Editor").get(f"/desk/articles/article/{article.pk}/change/").content.decode()

    name = Override.objects.get().by.username
    assert f"Overridden by {name}. You overrode this hold yourself, so somebody else must" in own
    assert "You overrode this hold yourself" in refused
    assert f"Overridden by {name}" in others
    assert "somebody else must publish" not in others
    assert "0 holds" in others


def test_an_override_can_be_requested_from_the_article_form(log_in):
    editor, article = log_in("Editor"), make_article(framing_note="")

    page = save(editor, article, _refer="1")

    assert "Waiting for a second person" in page
    assert 'name="_refer"' not in page
    assert 'name="_refer"' not in panel(log_in("Writer"), make_article(framing_note=""))


def test_a_one_person_desk_offers_no_override_request(log_in, settings):
    settings.DESK_SECOND_PERSON = False

    assert 'name="_refer"' not in panel(log_in("Editor"), make_article(framing_note=""))


# The evidence of a finding


def test_a_misquotation_is_compared_with_the_nearest_words_accessibly(log_in):
    article = make_article(sources=False, body="He “will never sign the whole accord” [@r1].")
    make_source(article, post=make_post(text="He will sign the whole accord on Friday."))

    page = panel(log_in("Writer"), article)

    assert re.search(r"<del><span[^>]*>only in the article: </span>never</del>", page)
    assert "Harbour Wire" in page


def test_the_panel_lists_checks_skipped_for_text_that_is_not_english(log_in):
    article = make_article(language="fr", body="Jeudi 24 juin 2026 [@r1].")

    french = panel(log_in("Writer"), article, language="fr")
    english = panel(log_in("Writer"), article, language="en")

    assert "Not checked in this language (fr): stated times" in french
    assert "dropped hedges" in french
    assert "weekdays" not in french
    assert "Not checked" not in english


def test_unsourced_claims_are_counted_and_link_to_their_sentences(log_in):
    article = make_article(body="It is shut [@r1]. Ships wait. [It matters.]{.own}")

    page = panel(log_in("Writer"), article)

    assert "1 of 3 claims cited" in page
    assert re.search(r"</span>1\s+without a source:", page)
    assert 'aria-label="Go to sentence 2, which has no source"' in page


def test_the_panel_shows_the_first_findings_and_counts_them_all(log_in):
    article = make_article(body="Closed [@zz].\n\n" * 300)

    page = panel(log_in("Writer"), article)

    assert page.count('<li class="finding ') == 200
    assert "300 holds" in page
    assert "Only the first 200 are shown" in page
