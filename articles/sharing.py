"""What stands for a page where its address is shared: one picture, with its size."""

from dataclasses import dataclass

from articles.models import ArticleVersion, Image
from articles.models.image import SHARED


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture:
    """A picture for programs that take only one; `url` is a path of ours."""

    url: str
    width: int
    height: int
    alt: str


def share_picture(version: ArticleVersion) -> SharePicture | None:
    """Return the picture that stands for a version; None where it has none. No query."""
    return _of_image(version.image, version) if version.image else None


def _of_image(image: Image, version: ArticleVersion) -> SharePicture:
    files = image.plain_files
    wide = [file for file in files if file[1] >= SHARED] or files[:1]
    url, width, height = wide[-1]
    alt = version.image_alt or version.headline
    return SharePicture(url=url, width=width, height=height, alt=alt)
