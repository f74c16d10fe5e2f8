"""The pictures of the library, their renditions, and the files they had before."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.prose import Picture, drop_comments
from web.addresses import path_of

# The name of a picture in a body: ![alt](image:17).
REFERENCE = re.compile(r"image:([1-9][0-9]{0,17})\b")

# What Markdown would take for its own in alternative text; brackets are put otherwise.
_SIGNS = re.compile(r"[\\`*<]|(?<!\w)_|_(?!\w)|!(?=--)|&(?=#?\w{1,31};)")

THUMBNAIL, SHARED = 320, 1280
FOCUS_STEP = 5  # per cent: inline styles are forbidden, and nobody sees a smaller one
MOST_WORDS = 10
# An original that is wider than renditions get is not offered beside them.
WIDEST = 1920
TALL = 2
# In the order in which pages offer them; what is left is for browsers that know neither.
_OFFERED = {"avif": "image/avif", "webp": "image/webp"}


class StoredRendition(NamedTuple):
    """A file of a picture in another size or format; `mark` is the beginning of its hash."""

    extension: str
    width: int
    height: int
    size: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a page offers of a picture in one format: the files by width, as srcset has them."""

    media_type: str
    srcset: str


class ImageQuerySet(models.QuerySet["Image"]):
    def pictures_in(self, *bodies: str) -> dict[int, Picture]:
        """Return the pictures of the library that bodies name, by id. One query, or none."""
        named = {int(pk) for body in bodies for pk in REFERENCE.findall(body)}
        return {image.pk: image.picture for image in self.filter(pk__in=named)} if named else {}

    def newest_first(self) -> "ImageQuerySet":
        return self.order_by("-uploaded_at", "-pk")

    def search(self, words: str) -> "ImageQuerySet":
        """Return the pictures of which each of these words is said."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            said = Q(alt__icontains=word) | Q(caption__icontains=word)
            said |= Q(credit__icontains=word) | Q(rights__icontains=word)
            found = found.filter(said)
        return found

    def to_render(self, recipe: int) -> "ImageQuerySet":
        """Return the pictures whose renditions are missing or were made by an older recipe."""
        return self.filter(recipe__lt=recipe)


class Image(models.Model):
    """A re-encoded picture in the library; `![alt](image:17)` inserts it into a text."""

    class Format(models.TextChoices):
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        GIF = "gif", "GIF"

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    extension = models.CharField(max_length=4, choices=Format, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="Bytes.")
    alt = models.CharField(
        max_length=500, blank=True, help_text="What it shows, for those who cannot see it."
    )
    is_decorative = models.BooleanField(default=False)
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it; readers see it.")
    rights = models.CharField(
        max_length=300,
        blank=True,
        help_text="Who owns it and what the site may do with it. Only the desk sees this.",
    )
    caption = models.CharField(max_length=500, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        default=50, help_text="What a crop must show, in per cent from the left."
    )
    focus_y = models.PositiveSmallIntegerField(default=50, help_text="The same from the top.")
    renditions = models.JSONField(default=list, editable=False, help_text="[StoredRendition]")
    recipe = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="By which the renditions were made; 0 before."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""), name="a_decorative_image_has_no_alt"
            ),
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100),
                name="the_focus_is_inside_its_image",
            ),
        ]
        indexes = [
            models.Index(F("uploaded_at").desc(), F("id").desc(), name="image_newest_first"),
            models.Index("recipe", name="image_by_recipe"),
        ]

    def __str__(self) -> str:
        return self.alt or f"Image {self.pk}"

    @property
    def filename(self) -> str:
        return f"{self.sha256}.{self.extension}"

    @property
    def mark(self) -> str:
        """What shows it in the text of an article, with the words for those who cannot see it."""
        alt = " ".join(self.alt.replace("[", "(").replace("]", ")").split())
        alt = _SIGNS.sub(r"\\\g<0>", alt)
        return f"![{alt}](image:{self.pk})"

    @property
    def url(self) -> str:
        return path_of("articles:media", self.sha256, self.extension)

    @property
    def stored(self) -> list[StoredRendition]:
        """Its renditions, the narrowest first."""
        return sorted((StoredRendition(*row) for row in self.renditions), key=lambda r: r.width)

    def file_of(self, rendition: StoredRendition) -> str:
        return f"{self.sha256}-{rendition.width}-{rendition.mark}.{rendition.extension}"

    @property
    def files(self) -> list[str]:
        """The names of all its files: the original, then the renditions."""
        return [self.filename, *map(self.file_of, self.stored)]

    @property
    def sources(self) -> list[Source]:
        """What pages offer to browsers that know the format, the lightest first."""
        made = [(name, self._srcset(kind)) for kind, name in _OFFERED.items()]
        return [Source(media_type=name, srcset=srcset) for name, srcset in made if srcset]

    @property
    def srcset(self) -> str:
        """What any browser shows: renditions, and the original where it is no wider than they get."""
        return self._srcset("jpg") or self._srcset("png")

    def _srcset(self, extension: str) -> str:
        offered = [(self._url_of(r), r.width) for r in self.stored if r.extension == extension]
        if offered and extension == self.extension and self.width <= WIDEST:
            offered.append((self.url, self.width))
        return ", ".join(f"{url} {width}w" for url, width in offered)

    def _url_of(self, rendition: StoredRendition) -> str:
        args = (self.sha256, rendition.width, rendition.mark, rendition.extension)
        return path_of("articles:rendition", *args)

    @property
    def plain_files(self) -> list[tuple[str, int, int]]:
        """The address, width and height of each file that any program reads, the widest first."""
        plain = [r for r in self.stored if r.extension not in _OFFERED and r.width < self.width]
        files = [(self._url_of(r), r.width, r.height) for r in reversed(plain)]
        return [(self.url, self.width, self.height), *files]

    def url_for(self, width: int) -> str:
        """Return the narrowest JPEG or PNG of this width or more, or the original."""
        fits = (r for r in self.stored if r.extension not in _OFFERED and r.width >= width)
        rendition = next(fits, None)
        return self._url_of(rendition) if rendition else self.url

    @property
    def thumbnail_url(self) -> str:
        return self.url_for(THUMBNAIL)

    @property
    def shared_url(self) -> str:
        """The file for those who take only one, such as social networks and old browsers."""
        return self.url_for(SHARED)

    @property
    def focus(self) -> str:
        """The classes that keep its focal point in a crop; css/components/focus.css has them."""
        x, y = (round(place / FOCUS_STEP) * FOCUS_STEP for place in (self.focus_x, self.focus_y))
        return f"focus-x-{x} focus-y-{y}"

    @property
    def is_tall(self) -> bool:
        """Whether it has to be made small to be seen whole, as long charts do."""
        return self.height > TALL * self.width

    @property
    def picture(self) -> Picture:
        """The picture as the renderer and the checks take it."""
        return Picture(
            id=self.pk,
            url=self.url,
            alt=self.alt,
            credit=self.credit,
            width=self.width,
            height=self.height,
            caption=drop_comments(self.caption),
            is_decorative=self.is_decorative,
        )


class ReplacedFile(models.Model):
    """A file that a picture had before. Texts that were published name it, and get the new one."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="replaced_files")
    sha256 = models.CharField(max_length=64, unique=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Replaced in image {self.image_id}"
