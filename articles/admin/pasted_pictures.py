"""Pictures of a clipboard become pictures of the library, or are refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.clipboard import InlinedPicture, put_picture
from articles.forms import ImageUploadForm
from articles.pictures import PictureNotStored
from desk.pictures import DAMAGED
from web.words import count_of

MOST = 20
LONGEST_ALT = 500
# What is no larger is there to be counted.
PIXEL = 2


@dataclass(slots=True)
class Stored:
    """The text with marks in the places of pictures, and what became of these, in sentences."""

    markdown: str
    uploaded: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        said = []
        if self.uploaded:
            was = "was" if self.uploaded == 1 else "were"
            said.append(f"{count_of(self.uploaded, 'picture')} {was} uploaded.")
        if self.refused:
            said.append(f"Not uploaded: {count_of(len(self.refused), 'picture')}.")
            said.extend(dict.fromkeys(self.refused))
        return " ".join(said)


def store_pictures(
    markdown: str, pictures: Mapping[str, InlinedPicture], *, by: User, at: datetime
) -> Stored:
    """Store the pictures whose words stand in the text, and put their marks there.

    Slow, and outside any transaction: each is decoded here.
    """
    stored = Stored(markdown)
    for word, picture in pictures.items():
        if word not in stored.markdown:
            continue
        mark = ""
        if not by.has_perm("articles.add_image"):
            stored.refused.append("You may not upload images.")
        elif stored.uploaded >= MOST:
            stored.refused.append(f"At most {MOST} are taken at once; paste the others alone.")
        else:
            mark = _mark(picture, stored, by=by, at=at)
        stored.markdown = put_picture(stored.markdown, word, mark)
    return stored


def _mark(picture: InlinedPicture, stored: Stored, *, by: User, at: datetime) -> str:
    """Return the mark of a stored picture; "" after noting why there is none."""
    if not picture.body:
        stored.refused.append(DAMAGED)
        return ""
    file = SimpleUploadedFile("pasted", picture.body)
    form = ImageUploadForm({"alt": picture.alt[:LONGEST_ALT]}, {"image": file})
    if not form.is_valid():
        stored.refused.extend(str(said) for errors in form.errors.values() for said in errors)
        return ""
    decoded = form.cleaned_data["image"]
    if min(decoded.width, decoded.height) <= PIXEL:
        return ""
    try:
        image = form.save_picture(by=by, at=at)
    except PictureNotStored as failure:
        stored.refused.append(str(failure))
        return ""
    stored.uploaded += 1
    return image.mark
