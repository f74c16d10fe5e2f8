"""The colours of a decoded picture as screens show them: eight bits, sRGB, grey where it is grey."""

from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from PIL import ImageCms

# What the library raises on profiles that are damaged or of another kind of picture.
_UNUSABLE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
_SIXTEEN_BITS = 0xFFFF
# Profiles are given for these; a palette is one of RGB.
_PROFILED = frozenset({"L", "RGB", "RGBA", "CMYK", "LAB"})


def on_screen(picture: Any) -> Any:
    """Return a picture in L, RGB or RGBA, in sRGB, without anything but its pixels."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.has_transparency_data
    plain = _with_eight_bits(picture)
    if plain.mode not in _PROFILED or (has_alpha and plain.mode != "RGBA"):
        plain = plain.convert("RGBA" if has_alpha else "L" if plain.mode == "1" else "RGB")
    return _in_srgb(plain, profile) if profile else _without_profile(plain)


def _with_eight_bits(picture: Any) -> Any:
    """Scale the greys of scanners and medical pictures, which converting would cut off at 255."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    wide = picture.convert("F")
    lowest, highest = wide.getextrema()
    if picture.mode.startswith("I") and lowest >= 0 and highest <= _SIXTEEN_BITS:
        lowest, highest = 0, _SIXTEEN_BITS
    scale = 255 / (highest - lowest) if highest > lowest else 1
    offset = -lowest * scale
    return wide.point(lambda value: value * scale + offset).convert("L")


def _in_srgb(picture: Any, profile: bytes) -> Any:
    """Convert by the profile of the camera or the press before it is dropped."""
    is_grey, mode = picture.mode == "L", "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        shown = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except _UNUSABLE:
        return _without_profile(picture)
    return shown.convert("L") if is_grey and shown is not None else shown


def _without_profile(picture: Any) -> Any:
    if picture.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        return ImageCms.profileToProfile(
            picture, lab, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def flattened(picture: Any) -> Any:
    """Return a picture on white, for a format without transparency."""
    if picture.mode != "RGBA":
        return picture
    ground = Pillow.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
