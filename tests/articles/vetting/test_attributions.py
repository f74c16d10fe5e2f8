"""Outlets as sources, and outlets in the news, in English and the other supported languages."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.vetting import OutletName, check
from articles.vetting.attributions import WORDINGS
from articles.vetting.outlets import Outlets
from articles.vetting.piece import Context
from articles.vetting.rules import outlet_not_linked
from tests.articles.vetting.factories import (
    NOW,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)

GAZETTEER = (
    OutletName(name="Harbour Wire"),
    OutletName(name="Meridian Press"),
    OutletName(name="Reuters"),
    OutletName(name="BBC News", aliases=("BBC",)),
    OutletName(name="The Guardian", aliases=("Guardian",)),
    OutletName(name="dpa"),
    OutletName(name="AFP", aliases=("Agence France-Presse",)),
    OutletName(name="Der Spiegel", aliases=("Spiegel",)),
    OutletName(name="Le Monde"),
    OutletName(name="El País"),
    OutletName(name="ANSA"),
    OutletName(name="Lusa"),
)


def named(text, language="en"):
    piece = make_piece(body="", language=language)
    outlets = Outlets.known(piece, Context(now=NOW, outlet_directory=GAZETTEER))
    return [text[each.start : each.end] for each in outlets.attributed(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Agence France-Presse's photographer counted nine ships.",
        "A correspondent for AFP watched the ships leave.",
        "Nine ships left, a Reuters reporter on the quay said.",
        "The BBC's Ida Holm reported from the quay.",
        "The BBC's harbour correspondent, Ida Holm, heard the horns.",
        "By a Reuters tally nine ships wait.",
        "A Reuters survey of nine pilots found no hope.",
        "Reuters data show that fewer ships came.",
        "The pilot was blunt in a Reuters interview.",
        "In an interview with the BBC the pilot was blunt.",
        "Ships wait, says Reuters.",
        "“Ships wait,” wrote the news agency Reuters.",
        "Ships wait, reports the BBC.",
        "The wait was first reported by Reuters.",
        "The order, seen by a Reuters reporter, bars ships.",
        "A pilot told a BBC reporter that ships wait.",
        "Pilots confirmed the wait to Reuters.",
        "Reuters was first with the news of the wait.",
        "Reuters broke the news at dawn.",
        "Reuters gave a total of nine ships.",
        "Reuters spoke of nine ships.",
        "The BBC understands that ships wait.",
        "Ships wait (source: Reuters).",
        "Ships wait (dpa).",
        "Footage verified by the BBC shows the ships.",
        "A Guardian analysis shows fewer ships.",
        "Nine ships wait, dpa reported.",
    ],
)
def test_english_attributions_to_an_outlet_are_read(text):
    assert len(named(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The BBC's correspondent was killed on the quay.",
        "A Reuters photographer was hurt on the quay.",
        "The BBC investigation into its presenter goes on.",
        "Reuters found a new home by the harbour.",
        "The BBC gave its staff a rise.",
        "Reuters saw its shares fall.",
        "Reuters followed the rules.",
        "BBC staff told of fear.",
        "A BBC reporter who was detained is free.",
        "He said the Guardian's owner was wrong.",
        "Police raided the BBC's bureau.",
        "Agence France-Presse (AFP) has moved.",
        "The BBC's figures department moved.",
        "A guardian analysis is no Guardian matter.",
    ],
)
def test_an_outlet_in_the_news_is_not_read_as_a_source(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Neun Schiffe warten, berichtete die dpa."),
        ("de", "Wie die Agentur Reuters am Abend meldete, warten neun Schiffe."),
        ("de", "Laut Reuters warten neun Schiffe."),
        ("de", "Reuters zufolge warten neun Schiffe."),
        ("de", "Nach AFP-Angaben warten neun Schiffe."),
        ("de", "Reuters hat neun Schiffe gemeldet."),
        ("de", "Das sagte er der BBC."),
        ("de", "Der Spiegel berichtete von neun Schiffen."),
        ("de-AT", "Der Befehl liegt Reuters vor."),
        ("fr", "Neuf navires attendent, selon l'AFP."),
        ("fr", "Neuf navires attendent, a rapporté Le Monde."),
        ("fr", "D’après Reuters, neuf navires attendent."),
        ("fr", "Reuters fait état de neuf navires."),
        ("fr", "Selon un décompte de l’AFP, neuf navires attendent."),
        ("fr", "Une journaliste de l'AFP a vu neuf navires."),
        ("es", "Nueve barcos esperan, informó Reuters."),
        ("es", "Según El País, nueve barcos esperan."),
        ("es", "Reuters habla de nueve barcos."),
        ("es-MX", "El práctico dijo a la BBC que no."),
        ("it", "Nove navi aspettano, ha riferito l'ANSA."),
        ("it", "Secondo Reuters, nove navi aspettano."),
        ("it", "Reuters parla di nove navi."),
        ("it", "Il pilota ha detto all'ANSA di no."),
        ("pt", "Nove navios esperam, informou a Lusa."),
        ("pt", "Segundo a agência Lusa, nove navios esperam."),
        ("pt-BR", "O piloto disse à BBC que não."),
    ],
)
def test_attributions_are_read_in_five_more_languages(language, text):
    assert len(named(text, language)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Chef der BBC berichtete von seiner Angst."),
        ("de", "Ein dpa-Fotograf wurde verletzt."),
        ("de", "Die AFP-Chefin trat zurück."),
        ("fr", "Selon le patron de l'AFP, tout va bien."),
        ("fr", "Un journaliste de l'AFP a été tué."),
        ("fr", "Elle travaille à l'AFP."),
        ("es", "El presidente de la BBC informó mal."),
        ("es", "El país informó de ello; según el país, no."),
        ("it", "Secondo il capo dell'ANSA tutto va bene."),
        ("pt", "A Lusa muda de sede."),
    ],
)
def test_an_outlet_in_the_news_is_not_a_source_in_other_languages(language, text):
    assert named(text, language) == []


def test_a_lower_case_name_counts_only_if_the_archive_writes_it_so():
    assert named("Ships wait, reuters reported.") == []
    assert named("Ships wait, dpa and Reuters reported.") == ["dpa", "Reuters"]


# Arbitrary text alone names no outlet, and the loop would see nothing.
@given(
    st.lists(
        st.sampled_from(["Reuters", "selon", "laut", "según", "volgens", ",", "The ships wait"])
        | st.text(max_size=4),
        max_size=9,
    ).map(" ".join),
    st.sampled_from(["tlh", "", "nl", *WORDINGS]),
)
@example("Ships wait, according to Reuters.", "en")
def test_any_text_is_read_by_every_wording_without_an_error(text, language):
    for name in named(text, language):
        assert name in text


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_every_wording_language_is_listed_as_read(language):
    assert outlet_not_linked.RULE.reads(language)


def test_an_outlet_without_a_post_is_held_in_other_languages():
    def codes(body, language):
        piece = make_piece(
            body=body, language=language, sources=[make_source_ref(), make_second_source_ref()]
        )
        return [
            finding.code
            for finding in check(piece, now=NOW, outlet_directory=GAZETTEER)
            if finding.code.startswith("outlet")
        ]

    assert codes("Schiffe warten, meldete Reuters [@r1].", "de") == ["outlet-not-linked"]
    assert codes("Schiffe warten, meldete Harbour Wire [@r1].", "de") == []
    assert codes("Schiffe warten, meldete Harbour Wire [@t1].", "de") == ["outlet-mismatch"]
    assert codes("Schepen wachten, volgens Reuters [@r1].", "nl") == []
