"""Every picture that a camera, a phone or a scanner writes is taken in whole, or refused in words."""

import contextlib
import io
import struct

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageCms

from articles.models import Image
from desk.pictures import DAMAGED, NOT_AN_IMAGE, RAW, decode
from tests.newsroom.factories import make_user

ORIENTATION = 0x0112
LEFT, RIGHT = (200, 40, 40), (40, 40, 200)


def two_colours(mode="RGB", size=(64, 32)):
    """Return a picture that is red at the left and blue at the right."""
    picture = Pillow.new("RGB", size, LEFT)
    picture.paste(RIGHT, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def written(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, format=kind, **options)
    return out.getvalue()


def stored(body):
    """Return the picture as readers get it."""
    return Pillow.open(io.BytesIO(decode(body).body))


def assert_colours(picture, left=LEFT, right=RIGHT, within=12):
    width, height = picture.size
    seen = picture.convert("RGB")
    for place, wanted in (
        ((width // 8, height // 2), left),
        ((width * 7 // 8, height // 2), right),
    ):
        for value, meant in zip(seen.getpixel(place), wanted, strict=True):
            assert abs(value - meant) <= within, (seen.getpixel(place), wanted)


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("AVIF", "jpg"), ("HEIF", "jpg"), ("TIFF", "jpg"), ("BMP", "jpg"), ("JPEG", "jpg")],
)
def test_what_browsers_do_not_show_becomes_a_jpeg(kind, extension):
    decoded = decode(written(two_colours(), kind))

    assert decoded.extension == extension
    assert_colours(Pillow.open(io.BytesIO(decoded.body)))


def test_a_jpeg_with_a_second_picture_is_taken_in_as_its_first():
    body = written(two_colours(), "MPO", save_all=True, append_images=[two_colours(size=(16, 8))])

    decoded = decode(body)

    assert (decoded.extension, decoded.width, decoded.height) == ("jpg", 64, 32)
    assert decoded.lost == ()
    assert b"MPF\0" in body
    assert b"MPF\0" not in decoded.body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_picture_stands_upright_however_the_camera_was_held(kind, orientation):
    turns = {1: 0, 3: 180, 6: 90, 8: 270}
    as_held = two_colours().rotate(turns[orientation], expand=True)
    exif = Pillow.Exif()
    exif[ORIENTATION] = orientation

    picture = stored(written(as_held, kind, exif=exif.tobytes()))

    assert picture.size == (64, 32)
    assert_colours(picture, within=30)


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0garbage that is no header",
        b"Exif\0\0II*\0\xff\xff\xff\x7f",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\0\x05\xff\xff\xff\xff" * 40,
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x01\0\0\0\x06\0\0\0\0\0\0\0",
        b"Exif\0\0",
    ],
    ids=["no header", "offset outside", "endless", "orientation of text", "empty"],
)
def test_damaged_exif_does_not_keep_a_picture_out(exif):
    picture = stored(written(two_colours(), "JPEG", exif=exif))

    assert picture.size == (64, 32)
    assert_colours(picture)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_are_scaled_not_cut_off(kind):
    line = struct.pack("<64H", *[0x4000] * 32, *[0xC000] * 32)
    grey = Pillow.frombytes("I;16", (64, 32), line * 32)

    picture = stored(written(grey, kind))

    assert picture.mode == "L"
    assert_colours(picture, left=(64,) * 3, right=(191,) * 3)


def test_a_scan_of_measured_greys_is_scaled_to_what_it_holds():
    grey = Pillow.new("F", (64, 32), 0.25)
    grey.paste(0.75, (32, 0, 64, 32))

    assert_colours(stored(written(grey, "TIFF")), left=(0,) * 3, right=(255,) * 3)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("P", "PNG"), ("P", "GIF"), ("P", "TIFF"), ("P", "BMP"), ("CMYK", "JPEG"), ("CMYK", "TIFF"),
     ("YCbCr", "JPEG"), ("LAB", "TIFF"), ("RGBA", "WEBP"), ("RGBA", "PNG"), ("RGBA", "TIFF")],
)  # fmt: skip
def test_palettes_and_the_colours_of_the_press_are_shown_as_they_were(mode, kind):
    picture = two_colours()
    if mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        source = ImageCms.profileToProfile(picture, srgb, lab, outputMode="LAB")
    else:
        source = picture.convert(mode)

    assert_colours(stored(written(source, kind)), within=30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "PA"])
def test_black_and_white_stays_black_and_white(mode):
    picture = Pillow.new("L", (64, 32), 0)
    picture.paste(255, (32, 0, 64, 32))
    kind = "TIFF" if mode == "1" else "PNG"
    source = picture.convert("RGBA").convert("LA") if mode == "PA" else picture.convert(mode)

    assert_colours(stored(written(source, kind)), left=(0,) * 3, right=(255,) * 3)


def wide_gamut():
    """Return a profile whose red and blue are exchanged: nobody overlooks that it was not used."""
    body = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", body[128:132])[0]
    places = {bytes(body[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    body[red + 4 : red + 12], body[blue + 4 : blue + 12] = (
        body[blue + 4 : blue + 12],
        body[red + 4 : red + 12],
    )
    return bytes(body)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_profile_is_converted_to_srgb_and_dropped(kind, mode):
    if mode != "RGB" and kind == "JPEG":
        source = two_colours()
    else:
        source = two_colours(mode if mode != "P" or kind in ("PNG", "TIFF") else "RGB")

    picture = stored(written(source, kind, icc_profile=wide_gamut()))

    assert "icc_profile" not in picture.info
    assert_colours(picture, left=RIGHT, right=LEFT, within=20)


@pytest.mark.parametrize("profile", [b"nonsense", b"", wide_gamut()[:200]])
def test_a_profile_that_cannot_be_used_does_not_keep_a_picture_out(profile):
    assert_colours(stored(written(two_colours(), "JPEG", icc_profile=profile)))


def test_a_profile_of_another_kind_of_picture_does_not_keep_it_out():
    assert_colours(
        stored(written(two_colours("CMYK"), "JPEG", icc_profile=wide_gamut())), within=30
    )


@pytest.mark.parametrize("kind", ["AVIF", "HEIF", "TIFF", "WEBP", "PNG"])
def test_transparency_is_kept(kind):
    decoded = decode(written(Pillow.new("RGBA", (64, 32), (9, 9, 9, 0)), kind))

    alpha = Pillow.open(io.BytesIO(decoded.body)).convert("RGBA").getpixel((4, 4))[3]
    assert alpha == 0
    assert decoded.extension in ("png", "webp")


def test_a_lossless_webp_stays_lossless():
    picture = two_colours()
    picture.putpixel((3, 3), (1, 2, 3))

    kept = stored(written(picture, "WEBP", lossless=True))

    assert kept.convert("RGB").tobytes() == picture.tobytes()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("GIF", "Only the first picture was kept."),
        ("PNG", "Only the first picture was kept."),
        ("WEBP", "Only the first picture was kept."),
        ("AVIF", "Only the first picture was kept."),
        ("TIFF", "Only the first page was kept."),
    ],
)
def test_what_an_animation_or_a_document_loses_is_said(kind, said):
    more = [two_colours().rotate(angle) for angle in (90, 180)]

    decoded = decode(written(two_colours(), kind, save_all=True, append_images=more))

    assert said in decoded.lost


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "TIFF", "BMP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_a_picture_of_too_many_pixels_is_stored_smaller_and_that_is_said(monkeypatch, kind, mode):
    picture = two_colours(size=(640, 320))
    monkeypatch.setattr("desk.pictures.MOST_STORED", 640 * 320 - 1)
    body = written(picture.convert(mode) if kind not in {"JPEG", "HEIF"} else picture, kind)

    decoded = decode(body)

    assert (decoded.width, decoded.height) == (320, 160)
    assert "It was stored at 320 × 160 pixels." in decoded.lost
    if mode != "L" or kind in {"JPEG", "HEIF"}:
        assert_colours(Pillow.open(io.BytesIO(decoded.body)))


def test_a_picture_that_was_made_smaller_stands_upright(monkeypatch):
    exif = Pillow.Exif()
    exif[ORIENTATION] = 6
    monkeypatch.setattr("desk.pictures.MOST_STORED", 640 * 320 - 1)

    decoded = decode(written(two_colours(size=(640, 320)), "JPEG", exif=exif))

    assert (decoded.width, decoded.height) == (160, 320)


def test_a_webp_of_too_many_pixels_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr("desk.pictures._MOST_OF_WEBP", 64 * 32 - 1)

    with pytest.raises(ValidationError, match="Save this one as a JPEG"):
        decode(written(two_colours(), "WEBP"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "GIF", "BMP"])
def test_a_picture_that_was_cut_short_is_called_damaged(kind):
    body = written(Pillow.effect_noise((200, 200), 80).convert("RGB"), kind)

    with pytest.raises(ValidationError) as refused:
        decode(body[: len(body) // 2])

    assert refused.value.messages == [DAMAGED]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "GIF", "BMP"])
def test_a_picture_with_any_byte_changed_is_read_or_refused(kind):
    body = written(two_colours(), kind)

    for place in range(0, len(body), max(1, len(body) // 60)):
        broken = body[:place] + bytes([body[place] ^ 0xFF]) + body[place + 1 :]
        with contextlib.suppress(ValidationError):
            assert decode(broken).width


def test_a_raw_file_of_a_camera_is_refused_with_what_to_do():
    body = written(two_colours(), "TIFF", tiffinfo={0xFE: 1})

    with pytest.raises(ValidationError) as refused:
        decode(body)

    assert refused.value.messages == [RAW]


@pytest.mark.parametrize("body", [b"", b"hello", b"<svg/>", b"%PDF-1.7"])
def test_what_is_no_picture_is_called_so(body):
    with pytest.raises(ValidationError) as refused:
        decode(body)

    assert refused.value.messages == [NOT_AN_IMAGE]


# At the desk


@pytest.fixture
def writer(client, db):
    client.force_login(make_user(group="Writer"))
    return client


def add(client, body, **words):
    file = SimpleUploadedFile("boat.jpg", body)
    return client.post("/desk/articles/image/add/", {"image": file} | words, follow=True)


def test_the_same_file_with_other_words_keeps_the_new_words(writer):
    body = written(two_colours(), "JPEG")
    add(writer, body, alt="A boat", credit="Ines")

    add(writer, body, alt="The ferry Meray", credit="Tove", caption="At noon")

    image = Image.objects.get()
    assert (image.alt, image.credit, image.caption) == ("The ferry Meray", "Tove", "At noon")


def test_the_same_file_without_words_keeps_those_it_has(writer):
    body = written(two_colours(), "JPEG")
    add(writer, body, alt="A boat", credit="Ines")

    add(writer, body)

    assert (Image.objects.get().alt, Image.objects.get().credit) == ("A boat", "Ines")


def test_a_decorative_picture_that_is_given_words_is_decorative_no_more(writer):
    body = written(two_colours(), "JPEG")
    add(writer, body, is_decorative="on")

    add(writer, body, alt="A boat")

    image = Image.objects.get()
    assert (image.alt, image.is_decorative) == ("A boat", False)


def test_what_is_lost_is_said_before_and_after_an_upload(writer):
    before = writer.get("/desk/articles/image/add/").content.decode()
    more = [two_colours().rotate(180)]

    answer = add(writer, written(two_colours(), "GIF", save_all=True, append_images=more))

    assert "Of an animation or of several pages the first picture is kept" in before
    assert "Only the first picture was kept." in answer.content.decode()


def test_what_a_picture_in_the_body_loses_is_said(writer):
    more = [two_colours().rotate(180)]
    file = SimpleUploadedFile(
        "boat.gif", written(two_colours(), "GIF", save_all=True, append_images=more)
    )

    answer = writer.post("/desk/upload/", {"image": file})

    assert answer.json()["note"] == "Only the first picture was kept."
