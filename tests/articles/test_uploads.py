import io
import json
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from articles.models import Image
from desk.pictures import decode
from tests.newsroom.factories import make_user

UPLOAD = "/desk/upload/"
LIBRARY = "/desk/articles/image/add/"
GPS = 0x8825
ORIENTATION = 0x0112


def picture(*, kind="JPEG", size=(40, 20), mode="RGB", colour="red", **options):
    out = io.BytesIO()
    Pillow.new(mode, size, colour).save(out, format=kind, **options)
    return out.getvalue()


def png_that_claims(width, height):
    """Return a PNG of a few bytes whose header claims that many pixels."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def reread(body):
    return Pillow.open(io.BytesIO(body))


# Decoding


@pytest.mark.parametrize(
    ("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")]
)
def test_the_file_extension_of_an_upload_comes_from_its_format(kind, extension):
    decoded = decode(picture(kind=kind))

    assert (decoded.extension, decoded.width, decoded.height) == (extension, 40, 20)
    assert reread(decoded.body).format == kind


def test_a_picture_is_rotated_by_its_exif_orientation():
    exif = Pillow.Exif()
    exif[ORIENTATION] = 6

    decoded = decode(picture(exif=exif))

    assert (decoded.width, decoded.height) == (20, 40)
    assert reread(decoded.body).getexif().get(ORIENTATION) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_camera_metadata_is_removed(kind):
    exif = Pillow.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "Secret camera"
    body = picture(kind=kind, exif=exif, xmp=b"<x:xmpmeta>Secret place</x:xmpmeta>")

    decoded = decode(body)

    assert b"Secret" in body
    assert b"Secret" not in decoded.body
    assert not dict(reread(decoded.body).getexif())


def test_a_comment_and_a_trailing_page_are_removed():
    body = picture(kind="GIF", comment=b"<script>alert(1)</script>") + b"<html><script>"

    assert b"<script>" not in decode(body).body


def test_transparency_of_a_picture_is_kept():
    decoded = decode(picture(kind="PNG", mode="RGBA", colour=(1, 2, 3, 0)))

    assert reread(decoded.body).convert("RGBA").getpixel((0, 0))[3] == 0


def test_the_first_frame_of_an_animation_is_kept():
    out = io.BytesIO()
    frames = [Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, format="GIF", save_all=True, append_images=frames[1:])

    decoded = decode(out.getvalue())

    kept = reread(decoded.body)
    assert getattr(kept, "n_frames", 1) == 1
    red, green, blue = kept.convert("RGB").getpixel((4, 4))
    assert red > 200 > 50 > max(green, blue)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7",
    ],
    ids=["empty", "text", "html", "svg", "pdf"],
)
def test_an_unsupported_picture_is_refused_in_one_line(body):
    with pytest.raises(ValidationError) as refused:
        decode(body)

    assert refused.value.messages == [
        "This is not an image that can be read. Use a JPEG, PNG, WebP, GIF, AVIF, HEIC, TIFF or "
        "BMP file."
    ]


@pytest.mark.parametrize(
    "body",
    [b"GIF89a<html>", picture()[:200], picture(kind="PNG")[:60]],
    ids=["half a gif", "cut jpeg", "cut png"],
)
def test_a_damaged_picture_is_refused_in_one_line(body):
    with pytest.raises(ValidationError) as refused:
        decode(body)

    assert refused.value.messages == [
        "This image file is damaged or was cut short. Copy or export it again, then upload that."
    ]


@pytest.mark.parametrize("size", [(60_000, 60_000), (20_000, 20_000), (12_001, 2)])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(size):
    with pytest.raises(ValidationError, match="too large"):
        decode(png_that_claims(*size))


def test_a_picture_file_that_is_too_large_is_refused():
    with pytest.raises(ValidationError, match="larger than 20 MB"):
        decode(b"\0" * (20 * 1024 * 1024 + 1))


# The library and the editor


def upload(client, body, *, name="boat.html", to=UPLOAD, **fields):
    file = SimpleUploadedFile(name, body, content_type="image/gif")
    return client.post(to, {"image": file} | fields)


def test_uploading_a_picture_into_the_body_makes_a_row_and_a_mark(writer):
    response = upload(writer, picture(kind="PNG"))

    image = Image.objects.get()
    assert response.json()["image_code"] == f"![](image:{image.pk})"
    assert (image.extension, image.width, image.height) == ("png", 40, 20)
    assert image.uploaded_by.username == "ada"
    assert default_storage.exists(image.filename)
    assert image.size == default_storage.size(image.filename)


def test_uploading_the_same_picture_twice_makes_one_row_and_one_file(writer):
    upload(writer, picture())
    first = Image.objects.get()

    response = upload(writer, picture(), name="again.jpg", to=LIBRARY, alt="A boat")

    assert Image.objects.get() == first
    assert Image.objects.get().alt == "A boat"
    assert response.url == f"/desk/articles/image/{first.pk}/change/"
    assert len(default_storage.listdir("")[1]) == 1


@pytest.mark.parametrize("to", [UPLOAD, LIBRARY])
def test_uploading_a_file_that_is_not_a_picture_gives_one_error_and_stores_nothing(writer, to):
    response = upload(writer, b"<html>", name="page.gif", to=to)

    message = response.content.decode()
    assert message.count("This is not an image that can be read") == 1
    assert not Image.objects.exists()
    assert not default_storage.exists("") or not default_storage.listdir("")[1]


def test_a_refused_upload_tells_the_editor_why(writer):
    response = upload(writer, b"<svg/>")

    assert response.status_code == 400
    assert list(json.loads(response.content)) == ["image"]


def test_a_picture_is_stored_with_its_caption_credit_and_alternative_text(writer):
    upload(writer, picture(), to=LIBRARY, alt="A boat", credit="Ines", caption="At noon")

    image = Image.objects.get()
    assert (image.alt, image.credit, image.caption) == ("A boat", "Ines", "At noon")


def test_a_decorative_picture_has_no_alternative_text(writer):
    response = upload(writer, picture(), to=LIBRARY, alt="A boat", is_decorative="on")

    assert "A decorative image has no alternative text" in response.content.decode()
    assert not Image.objects.exists()


def test_the_library_shows_thumbnails_and_marks_and_edits_captions(writer):
    upload(writer, picture())
    image = Image.objects.get()

    listed = writer.get("/desk/articles/image/").content.decode()
    writer.post(f"/desk/articles/image/{image.pk}/change/", {"alt": "A boat", "credit": "Ines"})

    image.refresh_from_db()
    assert f'src="{image.url}"' in listed
    assert f"![](image:{image.pk})" in listed
    assert (image.alt, image.credit) == ("A boat", "Ines")


@pytest.mark.parametrize("group", ["", "Wire desk"])
@pytest.mark.parametrize("to", [UPLOAD, LIBRARY])
def test_uploading_is_refused_without_write_permission(client, db, group, to):
    client.force_login(make_user(group=group))

    assert upload(client, picture(), to=to).status_code == 403
    assert not Image.objects.exists()
