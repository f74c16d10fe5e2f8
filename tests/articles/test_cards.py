"""Cards for social networks: what they show, and that they are there only while it is public."""

import re
from io import BytesIO
from time import process_time

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles import erasure, publishing
from articles.cards import CardDrawer, draw_all, draw_newest, face_of_site, face_of_version
from articles.cards.drawing import (
    BAND,
    HEIGHT,
    LEADING,
    MARGIN,
    WIDTH,
    CardFace,
    NoFont,
    draw_card,
    fitted,
)
from articles.cards.faces import ground
from articles.cards.fonts import can_shape, drawable, font_for, sized
from articles.models import Article, Section, SocialCard
from tests.articles.factories import cite, make_article, make_live_article, make_section
from tests.articles.pictures.drawing import make_image
from tests.clock import NOON, later
from tests.commands import run_command
from tests.pages import shown
from tests.wires.factories import make_post
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address", "at_noon")]

PAPER = "https://paper.example"
ARABIC = ("مرفأ كالفيرا يعيد السفن بعد إغلاق الميناء " * 6)[:200].strip()


def card_in(client, where):
    """Return the path of the card that a page names, with the size that it states."""
    page = shown(client, where)
    told = dict(re.findall(r'<meta property="(og:image[a-z:]*)" content="([^"]*)"', page))
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    return told["og:image"].removeprefix(PAPER)


def opened(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    body = b"".join(answer) if answer.streaming else answer.content
    return Pillow.open(BytesIO(body))


def picture(size=(900, 600), left="red", right="blue"):
    """Return a PNG whose left half has one colour, its right half another."""
    image = Pillow.new("RGB", size, right)
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def files():
    return [name for name in default_storage.listdir("")[1] if name.startswith("card-")]


@pytest.fixture
def media():
    """Make the folder that the first upload would make."""
    default_storage.save("any.txt", BytesIO(b"x"))


# The worker draws them


def test_a_page_has_the_card_of_the_site_until_its_own_is_drawn(client, media):
    article = make_live_article(headline="Ships turn back")
    before = card_in(client, article)

    drawn = draw_newest(at=NOON)

    after = card_in(client, article)
    assert drawn == 2  # and that of its section
    assert before == card_in(client, "/")
    assert after == f"/cards/{face_of_version(article.live_version).mark}.jpg"
    assert opened(client, before).size == opened(client, after).size == (WIDTH, HEIGHT)


def test_a_section_has_a_card_of_its_own(client, media):
    make_live_article(section=make_section("World"))
    draw_newest(at=NOON)

    assert card_in(client, "/sections/world/") != card_in(client, "/")
    assert opened(client, card_in(client, "/sections/world/")).format == "JPEG"


def test_nothing_is_drawn_again_that_shows_the_same(django_assert_num_queries):
    make_live_article()
    draw_newest(at=NOON)

    with django_assert_num_queries(3):
        again = draw_newest(at=NOON)

    assert again == 0


def test_the_drawer_asks_nothing_until_pages_change(django_assert_num_queries):
    drawer = CardDrawer()
    make_live_article()
    drawer.go_on(at=NOON)
    drawer.go_on(at=NOON)

    with django_assert_num_queries(0):
        idle = drawer.go_on(at=NOON)
    make_live_article(headline="Another")
    generations.bump("pages")

    assert (idle, drawer.go_on(at=NOON)) == (0, 1)


def test_a_draft_has_no_card():
    make_article()

    draw_newest(at=NOON)

    assert not SocialCard.objects.exclude(version=None).exists()


def test_another_headline_is_another_card_and_the_former_is_gone(
    client, media, django_capture_on_commit_callbacks
):
    article = make_live_article(headline="Ships turn back")
    draw_newest(at=NOON)
    before = card_in(client, article)
    Article.objects.filter(pk=article.pk).update(headline="Ships stay")
    publishing.update(article, by=None, at=later(hours=1), note="They stay.")
    generations.bump("pages")

    at_once = client.get(before).status_code
    with django_capture_on_commit_callbacks(execute=True):
        draw_newest(at=later(hours=1))

    assert at_once == 404
    assert card_in(client, article) != before
    assert len(files()) == 2


def test_the_card_of_a_section_with_another_name_replaces_the_former(media):
    make_live_article(section=make_section("World"))
    draw_newest(at=NOON)
    before = set(files())

    Section.objects.update(name="Abroad")
    draw_newest(at=NOON)

    assert len(files()) == len(before) == 2
    assert not before & set(files())


def test_a_withdrawn_article_has_no_card_at_once_and_no_file_soon(
    client, media, django_capture_on_commit_callbacks
):
    article = make_live_article()
    draw_newest(at=NOON)
    path = card_in(client, article)
    publishing.withdraw(article, by=None, at=later(hours=1), note="Wrong.")

    at_once = client.get(path).status_code
    with django_capture_on_commit_callbacks(execute=True):
        draw_newest(at=later(hours=1))

    assert at_once == 404
    assert len(files()) == 1
    assert not SocialCard.objects.exclude(version=None).exists()


def test_an_erased_version_takes_its_card_and_the_file_with_it(
    media, django_capture_on_commit_callbacks
):
    article = make_live_article()
    draw_newest(at=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        record = erasure.erase_version(
            article.live_version, reason="Order", by=None, at=later(hours=1)
        )

    assert ["cards for social networks", 1] in record.emptied
    assert len(files()) == 1


def test_a_file_that_another_article_shows_too_stays(
    client, media, django_capture_on_commit_callbacks
):
    first, second = (make_live_article(headline="Twins", slug=slug) for slug in ("one", "two"))
    draw_newest(at=NOON)
    publishing.withdraw(first, by=None, at=later(hours=1), note="Wrong.")

    with django_capture_on_commit_callbacks(execute=True):
        draw_newest(at=later(hours=1))

    assert opened(client, card_in(client, second)).size == (WIDTH, HEIGHT)


def test_the_card_of_a_picture_follows_its_focal_point(client, media):
    image = make_image(body=picture((2400, 500)), kind="PNG")
    article = make_live_article(image=image)
    draw_newest(at=NOON)
    before = card_in(client, article)

    type(image).objects.filter(pk=image.pk).update(focus_x=0)
    draw_newest(at=NOON)
    generations.bump("pages")

    after = card_in(client, article)
    assert after != before
    red, _, blue = opened(client, after).getpixel((600, 200))
    assert red > blue


def test_a_picture_without_its_file_has_no_card_and_says_so(client, media, caplog):
    image = make_image()
    default_storage.delete(image.filename)
    article = make_live_article(image=image)

    draw_newest(at=NOON)

    assert not SocialCard.objects.exclude(version=None).exists()
    assert "was not drawn" in caplog.text
    assert 'og:image" content="https://paper.example/media/' in shown(client, article)


def test_the_command_draws_what_is_missing_of_all(media):
    for n in range(3):
        make_live_article(headline=f"Piece {n}")

    first, again = run_command("draw_cards"), run_command("draw_cards")

    assert first.out == "4 cards drawn.\n"
    assert again.out == "0 cards drawn.\n"
    assert run_command("draw_cards", "--all").out == "4 cards drawn.\n"


def test_a_full_disk_leaves_the_card_of_the_site(client, monkeypatch, caplog):
    article = make_live_article()
    make_live_article(headline="Another")

    def is_full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(default_storage._wrapped), "_save", is_full)
    drawn = list(draw_all(at=NOON))

    assert sum(drawn) == 0
    assert card_in(client, article) == card_in(client, "/")
    assert "No space left on device" in caplog.text


def test_an_unknown_card_is_not_found_in_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get(f"/cards/{'0' * 64}.jpg").status_code == 404


def test_a_site_whose_name_no_font_has_goes_without_a_card(client, settings):
    settings.SITE_NAME = "\U00012000"

    assert client.get(card_in(client, "/")).status_code == 404
    assert client.get("/favicon.ico").status_code == 200


def test_a_card_may_be_kept_for_a_day_only(client, media):
    article = make_live_article()
    draw_newest(at=NOON)
    path = card_in(client, article)

    answer = client.get(path)

    assert answer["Cache-Control"] == "public, max-age=86400"
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


# How they are drawn


def of_words(words, **more):
    return draw_card(CardFace(site="The Paper", words=words, **more), ground())


def test_a_headline_of_200_arabic_letters_fits():
    font = font_for(ARABIC, ground().display)
    if font is None or not can_shape():
        pytest.skip("this machine has no Arabic font")

    size, lines = fitted(ARABIC, font, width=WIDTH - 2 * MARGIN, height=350)

    assert " ".join(lines) == ARABIC
    assert len(lines) * size * LEADING <= 350
    assert max(sized(font, size).getlength(line) for line in lines) <= WIDTH - 2 * MARGIN
    assert of_words(ARABIC, is_right_to_left=True)


@pytest.mark.parametrize("words", ["W" * 200, "Harbour " * 25, "x", "A" * 600])
def test_whatever_headline_fits_or_is_cut(words):
    font = ground().display

    size, lines = fitted(words, font, width=WIDTH - 2 * MARGIN, height=350)

    assert len(lines) * size * LEADING <= 350 + 1
    assert len("".join(lines)) >= min(len(words.replace(" ", "")), 200)


def test_a_sign_that_no_font_has_is_left_out_and_a_letter_refuses_the_card():
    own = ground().display

    assert font_for("Ships 🚢 wait", own) == own
    assert drawable("Ships 🚢 wait", own) == "Ships wait"
    with pytest.raises(NoFont, match="install one"):
        of_words("\U00012000 ships")


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("Fog \u26a0\ufe0f in Kent", ("Fog \u26a0 in Kent", "Fog in Kent")),
        ("A family \U0001f468\u200d\U0001f469\u200d\U0001f467 waits", ("A family waits",)),
        ("Thumbs \U0001f44d\U0001f3fd up", ("Thumbs up",)),
        ("Flag \U0001f1ec\U0001f1e7", ("Flag",)),
        ("Key 1\ufe0f\u20e3", ("Key 1",)),
        ("Cafe\u0301", ("Cafe\u0301", "Cafe")),
        ("\U0001f6a2\ufe0f", ("",)),
        ("\u0301x\0", ("x",)),
    ],
)
def test_nothing_is_left_of_an_emoji_that_is_not_drawn(words, drawn):
    assert drawable(words, ground().display) in drawn


@pytest.mark.parametrize("words", ["\U00012000 ships", "\U0001f6a2\U0001f6a2"])
def test_a_headline_that_no_font_has_leaves_the_name_of_the_site_large(words):
    plain = of_words("The Paper", kicker="World", detail="2 posts, 1 outlet")

    assert of_words(words, kicker="World", detail="2 posts, 1 outlet") == plain
    # So does one that is written from right to left.
    assert of_words(words, kicker="World", is_right_to_left=True) != plain


def test_the_name_of_a_section_that_no_font_has_leaves_the_rest_of_the_card():
    assert of_words("Ships", kicker="\U00012000") == of_words("Ships")


def test_a_card_speaks_the_language_of_the_site_and_is_drawn_again_in_it(settings):
    article = cite(make_post(), make_post())
    english = face_of_version(article.live_version), face_of_site()
    settings.SITE_LANGUAGE = "de"

    german = face_of_version(article.live_version), face_of_site()

    assert [face.detail for face in english] == ["2 posts, 1 outlet", "Reported from the wire"]
    assert [face.detail for face in german] == ["2 Beiträge, 1 Medium", "Aus dem Ticker berichtet"]
    assert not {face.mark for face in english} & {face.mark for face in german}


def test_the_words_of_a_card_are_its_address():
    face = CardFace(site="The Paper", words="Ships")
    others = [
        CardFace(site="The Paper", words="Ships "),
        CardFace(site="Paper", words="Ships"),
        CardFace(site="The Paper", words="Ships", kicker="World"),
        CardFace(site="The Paper", words="Ships", focus=(0, 50)),
    ]

    assert len({each.mark for each in (face, *others)}) == 5
    assert face.mark == CardFace(site="The Paper", words="Ships").mark


@pytest.mark.parametrize(("focus", "colour"), [((0, 50), "red"), ((100, 50), "blue")])
def test_a_picture_is_cropped_round_its_focus(focus, colour):
    face = CardFace(site="The Paper", words="", picture="x", focus=focus)

    card = Pillow.open(BytesIO(draw_card(face, ground(), picture=picture((2400, 500)))))

    red, _, blue = card.getpixel((WIDTH // 2, (HEIGHT - BAND) // 2))
    assert card.size == (WIDTH, HEIGHT)
    assert (red > blue) == (colour == "red")


@pytest.mark.long
def test_a_card_takes_less_than_300_milliseconds():
    words = CardFace(site="The Paper", words="Calvera turns ships back " * 8, kicker="World")
    photo, body = CardFace(site="The Paper", words="", picture="x"), picture((1920, 1280))

    of_words = min(seconds_of(lambda: draw_card(words, ground())) for _ in range(5))
    of_photo = min(seconds_of(lambda: draw_card(photo, ground(), picture=body)) for _ in range(5))

    assert of_words < 0.3
    assert of_photo < 0.3


def seconds_of(act):
    begun = process_time()
    act()
    return process_time() - begun


def test_an_override_that_was_stored_before_turns_nothing_around_on_a_card():
    words = "Ships \u202eback\u202c \u2066turn"

    assert drawable(words, ground().display) == "Ships back turn"
