"""Pictures for tests: small, and with enough in them that encoders have something to do."""

import io
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles.models import Image
from tests.clock import NOON


def drawn(size=(800, 400), *, kind="JPEG", mode="RGB", **options):
    """Return the bytes of a picture of soft noise: no two are alike."""
    noise = Pillow.effect_noise((size[0] // 8 or 1, size[1] // 8 or 1), 60).resize(size)
    bands = [noise.point(lambda value, shift=shift: (value + shift) % 256) for shift in (0, 40, 80)]
    picture = Pillow.merge("RGB", bands)
    if mode == "RGBA":
        picture.putalpha(noise)
    out = io.BytesIO()
    picture.convert(mode).save(out, format=kind, **options)
    return out.getvalue()


def make_image(*, size=(800, 400), kind="JPEG", mode="RGB", body=None, **fields):
    """Store a picture in the library, without renditions."""
    body = body or drawn(size, kind=kind, mode=mode)
    extension = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}[kind]
    image = Image.objects.create(
        sha256=sha256(body).hexdigest(),
        extension=extension,
        width=size[0],
        height=size[1],
        size=len(body),
        **{"alt": "A boat", "credit": "Ines", "uploaded_at": NOON} | fields,
    )
    default_storage.save(image.filename, ContentFile(body))
    return image
