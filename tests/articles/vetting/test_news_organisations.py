"""The bundled directory of news organisations: its facts, its look-ups, and how texts name them."""

from collections import Counter
from itertools import pairwise

import pytest
from django.conf.locale import LANG_INFO
from holidays.registry import COUNTRIES
from hypothesis import given
from hypothesis import strategies as st

from articles.vetting import OutletName, check
from articles.vetting.named_organisations import read_organisations
from articles.vetting.news_organisations import (
    NEWS_ORGANISATIONS,
    Kind,
    all_names,
    find_by_site,
    find_in_name,
    news_organisation,
)
from articles.vetting.outlets import Outlets
from articles.vetting.piece import Context
from articles.vetting.plain import Plain
from tests.articles.vetting.factories import (
    NOW,
    make_feed_source_ref,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)

# Names of outlets that are words, people, places or several outlets.
WORDS = [
    "Atlantic",
    "Bild",
    "Blick",
    "Bloomberg",
    "Dawn",
    "Economist",
    "Fars",
    "Focus",
    "Forbes",
    "Fortune",
    "Fox",
    "Globe",
    "Globes",
    "Guardian",
    "Hill",
    "Hindu",
    "Independent",
    "Inquirer",
    "Kan",
    "Mehr",
    "Mint",
    "Mirror",
    "Nation",
    "Observer",
    "Petra",
    "Post",
    "Punch",
    "Saba",
    "Slate",
    "Sky",
    "Spectator",
    "Sputnik",
    "Standard",
    "Star",
    "Stern",
    "Sun",
    "Tasnim",
    "Telegraph",
    "Time",
    "Times",
    "Vice",
    "Vox",
    "Welt",
    "Wire",
    "Wired",
    "Zeit",
]
# Languages of the directory that Django does not translate itself into.
MORE_LANGUAGES = frozenset(
    ["am", "bo", "fil", "ha", "ku", "ln", "lo", "mi", "om", "ps", "ti", "xh", "zh", "zu"]
)


def named(text, *, directory=(), language="en", sources=()):
    piece = make_piece(body="", sources=sources, language=language)
    outlets = Outlets.known(piece, Context(now=NOW, outlet_directory=directory))
    return {each.name: set(each.outlets) for each in outlets.attributed(text)}


def outlet_codes(body, *sources, directory=()):
    piece = make_piece(body=body, sources=sources)
    findings = check(piece, now=NOW, outlet_directory=directory)
    return [each.code for each in findings if each.code.startswith("outlet")]


# The table


def test_no_name_of_an_organisation_is_the_name_of_another():
    owners = {}
    for each in NEWS_ORGANISATIONS:
        for name in each.names:
            owners.setdefault(name.casefold().removeprefix("the "), set()).add(each.name)

    assert len(owners) > 1000
    assert [names for names in owners.values() if len(names) > 1] == []


def test_every_name_and_site_is_written_once():
    names = Counter(name for each in NEWS_ORGANISATIONS for name in each.names)
    sites = Counter(site for each in NEWS_ORGANISATIONS for site in each.sites)

    assert [*names.most_common(1), *sites.most_common(1)] == [
        ("Agence France-Presse", 1),
        ("afp.com", 1),
    ]


def test_names_are_written_as_texts_are_read():
    names = [name for each in NEWS_ORGANISATIONS for name in each.names]

    assert [name for name in names if Plain.of(name).text != name or "*" in name or not name] == []


def test_countries_languages_and_sites_of_the_directory_are_plausible():
    countries = {each.country for each in NEWS_ORGANISATIONS}
    languages = {language for each in NEWS_ORGANISATIONS for language in each.languages}
    sites = [site for each in NEWS_ORGANISATIONS for site in each.sites]

    assert len(countries) > 90
    assert countries <= {codes[1] for codes in COUNTRIES.values()}
    assert languages <= {*LANG_INFO, *MORE_LANGUAGES}
    assert [s for s in sites if "." not in s or s != s.lower() or s.startswith("www.")] == []
    assert [each.name for each in NEWS_ORGANISATIONS if not (each.languages and each.sites)] == []


def test_every_kind_and_the_state_are_told_apart():
    agency, paper = news_organisation("TASS"), news_organisation("Le Monde")

    assert {each.kind for each in NEWS_ORGANISATIONS} == set(Kind)
    assert (agency.kind, agency.is_state, agency.country) == (Kind.AGENCY, True, "RU")
    assert (paper.kind, paper.is_state, paper.languages) == (Kind.NEWSPAPER, False, ("fr", "en"))


@pytest.mark.parametrize("word", WORDS)
def test_a_name_that_is_a_word_is_never_read_from_the_directory(word):
    names = {name for name, _ in all_names()}

    assert word not in names
    assert named(f"{word} reported that ships wait, according to {word}.") == {}


def test_the_many_papers_called_the_times_are_left_to_the_archive():
    text = "Ships wait, the Times reported."

    assert news_organisation("The Times").ambiguous >= {"The Times"}
    assert named(text) == {}
    assert named(text, directory=[OutletName(name="The Times")]) == {"the Times": {"the times"}}


# Look-ups


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("AFP", "Agence France-Presse"),
        ("afp", "Agence France-Presse"),
        ("\uff21\uff26\uff30", "Agence France-Presse"),
        (" A\u200bFP ", "Agence France-Presse"),
        ("the BBC", "BBC News"),
        ("Guardian", "The Guardian"),
        ("LE MONDE", "Le Monde"),
        ("L’Orient-Le Jour", "L'Orient-Le Jour"),
        ("Times", "The Times"),
    ],
)
def test_an_organisation_is_found_by_any_of_its_names_in_any_spelling(name, organisation):
    assert news_organisation(name).name == organisation


@pytest.mark.parametrize("name", ["", "the", "Harbour Wire", "AF", "AFPs", "Reuters World"])
def test_no_organisation_is_found_by_another_name(name):
    assert news_organisation(name) is None


@pytest.mark.parametrize(
    ("outlet", "organisation"),
    [
        ("Reuters", "Reuters"),
        ("Reuters World", "Reuters"),
        ("The BBC Sport and Weather", "BBC News"),
        ("Sky News Arabia Urgent", "Sky News Arabia"),
        ("Sky News Breaking", "Sky News"),
        ("Times", "The Times"),
    ],
)
def test_an_outlet_belongs_to_the_organisation_that_its_name_begins_with(outlet, organisation):
    assert find_in_name(outlet).name == organisation


@pytest.mark.parametrize(
    "outlet", ["Times Herald", "Time Out", "World Reuters", "Reutersville", ""]
)
def test_an_outlet_of_another_name_belongs_to_no_organisation(outlet):
    assert find_in_name(outlet) is None


@pytest.mark.parametrize(
    ("site", "organisation"),
    [
        ("www.bbc.co.uk", "BBC News"),
        ("BBC.com", "BBC News"),
        ("https://www.bbc.co.uk/news/1", "BBC News"),
        ("https://feeds.bbc.co.uk:443/a?b=//x", "BBC News"),
        ("tgcom.tg24.sky.it.", "Sky TG24"),
        ("cincodias.elpais.com", "El País"),
    ],
)
def test_an_organisation_is_found_by_its_site(site, organisation):
    assert find_by_site(site).name == organisation


@pytest.mark.parametrize(
    "site", ["", "com", "co.uk", "notbbc.co.uk", "x.com/bbc.co.uk", "https://[", "t.me"]
)
def test_no_organisation_is_found_by_another_site(site):
    assert find_by_site(site) is None


# Names in a text


def test_two_outlets_parted_by_a_slash_are_both_sources():
    both = {"Reuters": {"Reuters"}, "AFP": {"Agence France-Presse"}}

    assert named("Reuters/AFP reported that ships wait.") == both
    assert named("Ships wait, according to Reuters/AFP.") == both
    assert named("A pilot told Reuters / AFP that ships wait.") == both
    assert named("Ships wait (Reuters/AFP).") == both
    assert named("Reuters/AFP wartet, meldete die dpa.", language="de").keys() == {"dpa"}


@pytest.mark.parametrize(
    "text",
    [
        "See x.com/Reuters/AFP reported.",
        "x.com/Reuters reported it.",
        "Reuters/ships reported it.",
        "Reuters/AFP/ships reported it.",
        "Photo: Reuters/Ida Holm said.",
    ],
)
def test_a_slash_of_an_address_or_a_credit_joins_no_outlets(text):
    assert named(text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ships wait, the Guardian reported.", "the Guardian"),
        ("THE GUARDIAN reported that ships wait.", "THE GUARDIAN"),
        ("Ships wait, le Monde reported.", "le Monde"),
        ("Ships wait, al-Jazeera reported.", "al-Jazeera"),
        ("Ships wait, al Mayadeen reported.", "al Mayadeen"),
        ("XINHUA reported that ships wait.", "XINHUA"),
        ("Xin\u200bhua reported that ships wait.", "Xin\u200bhua"),
        ("Ships wait, dpa reported.", "dpa"),
        ("SANA reported that ships wait.", "SANA"),
        ("BBC Persian reported that ships wait.", "BBC Persian"),
        ("The New York Times reported that ships wait.", "The New York Times"),
    ],
)
def test_an_outlet_that_no_archive_has_is_read_as_a_source(text, name):
    assert named(text).keys() == {name}


@pytest.mark.parametrize(
    "text",
    [
        "Sana reported that ships wait.",
        "reuters reported that ships wait.",
        "A guardian reported that ships wait.",
        "Our Guardian reported that ships wait.",
        "Bathe Guardian reported that ships wait.",
        "Guardian reported that ships wait.",
        "@Reuters reported that ships wait.",
        "Ships wait, according to Reuters-Haus.",
        "Ships wait, according to Reuters.example.",
        "The Harbour Gazette reported that ships wait.",
    ],
)
def test_what_only_looks_like_a_name_of_the_directory_is_not_read(text):
    assert named(text) == {}


def test_a_man_in_his_capacity_as_a_correspondent_is_no_source():
    assert named("She met Ida in his capacity as NBC harbour correspondent.") == {}
    assert named("He was blunt in an NBC harbour interview.").keys() == {"NBC"}


def test_german_joins_a_name_and_a_noun():
    assert named("Nach dpa-Angaben warten Schiffe.", language="de").keys() == {"dpa"}


@given(st.text(alphabet="AFP/ Reutshe.’", max_size=40))
def test_any_text_is_read_for_organisations_in_order_and_without_an_error(text):
    places = [(each.start, each.end) for each in read_organisations(text)]

    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(st.sampled_from(sorted(all_names(), key=lambda pair: pair[0])))
def test_every_name_is_read_in_full_as_its_organisation(pair):
    name, organisation = pair

    (found,) = read_organisations(f"see {name}, and wait")

    assert found.organisation == organisation
    assert name.removeprefix("+").endswith(f"see {name}, and wait"[found.start : found.end])


# With an archive


def test_an_outlet_of_the_archive_wins_over_the_directory():
    archive = [OutletName(name="Harbour Wire", aliases=("Reuters", "Sun"))]

    assert named("Reuters reported it.", directory=archive) == {"Reuters": {"harbour wire"}}
    assert named("Harbour Wire reported it.", directory=archive) == {
        "Harbour Wire": {"harbour wire"}
    }


def test_the_archive_learns_the_other_names_of_its_outlets():
    archive = [OutletName(name="BBC Sport"), OutletName(name="AFP")]

    assert named("BBC News reported it.", directory=archive) == {
        "BBC News": {"BBC News", "bbc sport"}
    }
    assert named("Agence France-Presse reported it.", directory=archive) == {
        "Agence France-Presse": {"Agence France-Presse", "afp"}
    }


def test_the_longer_name_wins_whoever_knows_it():
    archive = [OutletName(name="York Times"), OutletName(name="Reuters Harbour Desk")]

    assert named("The New York Times reported it.", directory=archive).keys() == {
        "The New York Times"
    }
    assert named("Reuters Harbour Desk reported it.", directory=archive).keys() == {
        "Reuters Harbour Desk"
    }


def test_an_outlet_that_only_the_directory_knows_must_be_linked():
    post = make_source_ref()

    assert outlet_codes("Reuters/AFP reported that ships wait [@r1].", post) == [
        "outlet-not-linked",
        "outlet-not-linked",
    ]
    assert outlet_codes("Harbour Wire reported that ships wait [@r1].", post) == []


@pytest.mark.parametrize(
    "post",
    [
        make_source_ref(outlet="BBC"),
        make_source_ref(outlet="BBC News World"),
        make_feed_source_ref(outlet="World - Top stories", url="https://www.bbc.co.uk/news/1"),
    ],
)
def test_an_outlet_is_linked_by_any_name_or_the_site_of_its_organisation(post):
    body = "BBC News reported that ships wait [@r1]. Ships wait, the BBC reported [@r1]."

    assert outlet_codes(body, post) == []
    assert outlet_codes(body.replace("BBC News", "Xinhua"), post) == ["outlet-not-linked"]


def test_a_mismatch_is_seen_between_outlets_of_the_directory():
    posts = [make_source_ref(outlet="BBC"), make_second_source_ref(outlet="Xinhua News Agency")]

    assert outlet_codes("BBC News says ships wait [@t1]. No pilot came [@r1].", *posts) == [
        "outlet-mismatch"
    ]


def test_the_number_in_a_name_of_the_directory_is_no_figure():
    outlets = Outlets.known(make_piece(), Context(now=NOW))
    text = "France 24 saw 24 ships, Reuters saw 9, and Channel 12 saw 12."

    assert [text[start:end] for start, end in outlets.numbered(text)] == ["France 24"]
    assert list(outlets.numbered("The France that we saw.")) == []
