import io

import pytest
from PIL import Image as Pillow

from desk.pictures import UNREADABLE
from desk.renditions import WIDTHS, make_renditions
from tests.articles.pictures.drawing import drawn


def widths(made, extension):
    return [rendition.width for rendition in made if rendition.extension == extension]


def reread(body):
    return Pillow.open(io.BytesIO(body))


def test_a_photograph_is_made_in_three_formats_and_every_width_it_has():
    made = make_renditions(drawn((1000, 500), quality=95), extension="jpg")

    assert widths(made, "avif") == widths(made, "webp") == [1000, 960, 640, 320]
    # Its own width in its own format is the original.
    assert widths(made, "jpg") == [960, 640, 320]


def test_each_rendition_is_what_it_says():
    names = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}

    made = make_renditions(drawn((700, 350), quality=95), extension="jpg")

    assert len(made) > 6
    for rendition in made:
        picture = reread(rendition.body)
        assert picture.format == names[rendition.extension]
        assert picture.size == (rendition.width, rendition.height)
        assert rendition.height == round(rendition.width / 2)


def test_no_rendition_is_wider_than_the_widest_or_the_picture():
    wide = make_renditions(drawn((2400, 240)), extension="jpg")
    narrow = make_renditions(drawn((200, 100), kind="PNG"), extension="png")

    assert max(r.width for r in wide) == WIDTHS[-1]
    assert {r.width for r in narrow} == {200}


def test_a_long_chart_is_made_in_its_narrow_widths_only(monkeypatch):
    monkeypatch.setattr("desk.renditions.MOST_PIXELS", 640 * 1280)

    made = make_renditions(drawn((700, 1400)), extension="jpg")

    assert widths(made, "webp") == [640, 320]


def test_transparency_is_kept_in_every_format_and_nothing_becomes_a_jpeg():
    picture = Pillow.merge("RGBA", [Pillow.effect_noise((500, 300), 60)] * 4)
    out = io.BytesIO()
    picture.save(out, format="PNG")

    made = make_renditions(out.getvalue(), extension="png")

    assert {r.extension for r in made} <= {"avif", "webp", "png"}
    assert widths(made, "png") == [320]
    for rendition in made:
        lowest, highest = reread(rendition.body).convert("RGBA").getchannel("A").getextrema()
        assert lowest < 200 < highest


@pytest.mark.parametrize("mode", ["L", "P"])
def test_grey_and_palettes_are_made_too(mode):
    made = make_renditions(drawn((500, 300), kind="PNG", mode=mode), extension="png")

    assert {r.extension for r in made} >= {"webp", "jpg"}


def test_no_rendition_is_as_large_a_file_as_the_original():
    original = drawn((900, 600), quality=8)

    made = make_renditions(original, extension="jpg")

    assert made
    assert all(len(r.body) < len(original) for r in made)


def test_metadata_does_not_get_into_a_rendition():
    exif = Pillow.Exif()
    exif[0x010F] = "Secret camera"
    original = drawn((700, 350), exif=exif, comment=b"Secret place", quality=95)

    made = make_renditions(original, extension="jpg")

    assert b"Secret" in original
    assert not any(b"Secret" in r.body for r in made)


def test_a_damaged_original_raises_what_the_worker_expects():
    with pytest.raises(UNREADABLE):
        make_renditions(drawn()[:2000], extension="jpg")
