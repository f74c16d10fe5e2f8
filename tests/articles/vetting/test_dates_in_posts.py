from datetime import UTC, datetime

import pytest

from articles.vetting import check
from articles.vetting.facts.dates import read_dates
from articles.vetting.facts.post_dates import read_post_dates
from tests.articles.vetting.factories import NOW, make_feed_source_ref, make_piece

LONG_AGO = datetime(2025, 1, 20, tzinfo=UTC)


def held(sentence, post, *, language="en", posted_at=LONG_AGO):
    """Return the words held as a date that the cited post has not."""
    source = make_feed_source_ref(text=post, posted_at=posted_at)
    piece = make_piece(body=f"{sentence} [@r1].", language=language, sources=[source])
    return [
        sentence[found.start : found.end]
        for found in check(piece, now=NOW, outlet_directory=[])
        if found.code == "figure-not-found"
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "post", "words"),
    [
        ("de", "Das Schiff sank am 14. Mai", "Das Schiff ist am 15. Mai gesunken", "14. Mai"),
        ("de", "Die Frist endet am 3. Juni", "Frist endet am 03.07.2026", "3. Juni"),
        ("de", "Es sank am 03.06.2026", "Gesunken ist es am 3. Juli 2026", "03.06.2026"),
        ("fr", "Le navire a coulé le 3 juin", "Le navire a coulé le 13 juin", "3 juin"),
        ("fr", "Il a coulé le 03/06/2026", "Il a coulé le 3 juillet", "03/06/2026"),
        ("es", "Se hundió el 12 de octubre", "El barco se hundió el 2 de octubre", "12 de octubre"),
        ("it", "Affondò il 24 giugno 2023", "Affondata il 24 giugno 2024", "24 giugno 2023"),
        ("pt", "Afundou a 10 de julho", "O navio afundou em 1º de julho", "10 de julho"),
        ("en", "It sank on 13 June", "Le navire a coulé le 3 juin", "13 June"),
        ("en", "It sank on 13 June", "Das Schiff sank am 3.6.", "13 June"),
        ("en", "The April 13 vote was void", "Vote of 12 April void", "April 13"),
        ("en", "It sits from 3 to 6 August", "Sitting Aug 3-5", "6 August"),
        ("en", "It sank on 10 October", "It was rated 10 out of 10 by the judges", "10 October"),
        (
            "en",
            "It sank on 6 September",
            "They won the match in 6 sets, 3 set apart",
            "6 September",
        ),
        ("en", "It sank on 3 August", "That was 3 ago, and he is at the helm", "3 August"),
    ],
)
def test_a_date_that_its_post_has_otherwise_is_held_in_every_language(
    language, sentence, post, words
):
    assert held(sentence, post, language=language) == [words]


@pytest.mark.parametrize(
    ("language", "sentence", "post"),
    [
        ("de", "Das Schiff sank am 14. Mai", "Gesunken ist es am 14.05.2025"),
        ("de", "Das Schiff sank am 14. Mai", "Gesunken 14.5., sagt die Küstenwache"),
        ("de", "Es dauert vom 3. bis 5. August", "3.-5. August: Termine"),
        ("de", "Seit den Anschlägen vom 11. September", "Seit den Anschlägen ist es ruhig"),
        ("fr", "Depuis le 1er mai", "Grève depuis le 1 mai"),
        ("fr", "Du 3 au 5 mai", "Trois jours, 3-5 mai"),
        ("fr", "Le 4 mai", "Du 3 au 5 mai à Calvera"),
        ("es", "El 12 de octubre", "Será el 12/10/2025"),
        ("it", "Il 3 maggio", "Dal 3 al 5 maggio"),
        ("pt", "Em 1 de julho", "Reabre em 1º de julho"),
        ("en", "On 3 June", "Le 3 juin, dit le tribunal"),
        ("en", "On 3 June", "Am 3. Juni, sagt das Gericht"),
        ("en", "On 3 June", "Суд назначен на 3 июня"),
        ("en", "On 4 May", "It runs 3-5 May"),
        ("en", "On 4 May", "It runs May 3–5"),
        ("en", "From 30 April to 2 May", "April 30 - May 2"),
        ("en", "On 24 June", "It sank on the 24th"),
        ("en", "The April 12 vote was void", "Vote of 12 April void"),
        ("en", "On 12 May 2025", "5/12/2025"),
        ("en", "On 10 October", "Votação 10 out, diz o tribunal"),
        ("en", "On 6 September", "Riunione 6 set a Calvera"),
        ("en", "On 23 May", "the ship sank on 23 may off the coast"),
    ],
)
def test_a_date_that_its_post_has_in_another_way_is_not_held(language, sentence, post):
    assert held(sentence, post, language=language) == []


def test_a_post_written_that_week_may_mean_a_date_by_its_weekday():
    posted_at = datetime(2026, 5, 15, 8, tzinfo=UTC)

    assert held("Es sank am 14. Mai", "Gestern gesunken.", language="de", posted_at=posted_at) == []
    assert held("Il a coulé le 11 mai", "Coulé lundi.", language="fr", posted_at=posted_at) == []


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "From 3 to 5 May", [(3, 5), (5, 5)]),
        ("en", "May 3-5", [(3, 5), (5, 5)]),
        ("en", "April 30 to May 2", [(30, 4), (2, 5)]),
        ("de", "vom 3. bis 5. Mai", [(3, 5), (5, 5)]),
        ("de", "vom 30. April bis zum 2. Mai", [(30, 4), (2, 5)]),
        ("fr", "du 3 au 5 mai", [(3, 5), (5, 5)]),
        ("es", "del 3 al 5 de mayo", [(3, 5), (5, 5)]),
        ("it", "dal 3 al 5 maggio", [(3, 5), (5, 5)]),
        ("pt", "de 3 a 5 de maio", [(3, 5), (5, 5)]),
    ],
)
def test_both_ends_of_a_range_are_dates(language, text, days):
    read = sorted((one.month, one.day) for one in read_dates(text, language))

    assert [(day, month) for month, day in read] == days


@pytest.mark.parametrize(
    "text",
    [
        "Calvera won 3-2 and lost 4-1, 12 to 5 on points.",
        "24 hours, 7 days, May be.",
        "M6.1 at 04:52, 180 km south, 0.4%",
    ],
)
def test_what_only_looks_like_a_day_is_no_day_of_a_post(text):
    assert read_post_dates(text) == []


@pytest.mark.parametrize(
    ("language", "sentence", "post"),
    [
        ("en", "It sank on 24 June", "Sank 2\u200b4 Ju\u200bne, owner says"),
        ("en", "It sank on 2\u200b4 June", "Sank 24 June, owner says"),
        ("en", "It sank on 24 June", "Sank \uff12\uff14 June, owner says"),
        ("en", "It sank on 24\u00a0June", "Sank 24\u202fJune,\u00a0owner says"),
        ("pt", "Afundou a 3 de março", "Afundou em 3 de marc\u0327o, diz o dono"),
        ("fr", "Il a coulé le 3 août", "Coulé le 3 aou\u0302t, dit le port"),
        ("es", "Se hundió el 3 de mayo", "Se hundió el 3 de MAYO"),
    ],
)
def test_a_date_is_the_same_however_its_letters_are_stored(language, sentence, post):
    assert held(sentence, post, language=language) == []


def test_a_hidden_character_does_not_hide_a_wrong_date():
    (words,) = held("It sank on 2\u200b3 June", "Sank 24 June, owner says")

    assert words == "2\u200b3 June"
