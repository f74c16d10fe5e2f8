"""Uploaded pictures of the library, and what is said of them."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator

from articles.models import Image
from articles.pictures import ask_for_renditions, store_picture, why_not_new
from desk.forms import PlainForm
from desk.pictures import PICTURE_HELP, PICTURE_TYPES, Decoded, read_upload

WORDS = ("alt", "is_decorative", "credit", "rights", "caption")
FOCUS = ("focus_x", "focus_y")


class ImageWordsForm(PlainForm):
    """What is said of a picture."""

    class Meta:
        model = Image
        fields: tuple[str, ...] = WORDS
        labels = {"alt": "Alternative text", "is_decorative": "Decorative: it tells nothing"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_decorative") and data.get("alt"):
            self.add_error("alt", "A decorative image has no alternative text. Leave this empty.")
        return data


class ImageForm(ImageWordsForm):
    """What is said of a picture in the library, and what a crop must show of it."""

    class Meta(ImageWordsForm.Meta):
        fields = (*WORDS, *FOCUS)
        labels = ImageWordsForm.Meta.labels | {
            "focus_x": "Focal point, % from the left",
            "focus_y": "Focal point, % from the top",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FOCUS:
            field = self.fields[name]
            # What a form leaves out stays as it is.
            field.required = False
            field.validators.append(MaxValueValidator(100))
            field.widget.attrs["max"] = 100

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in FOCUS:
            if data.get(name) is None and name not in self.errors:
                data[name] = getattr(self.instance, name)
        return data

    def save_words(self) -> None:
        """Store what the form has, and nothing else: the file may be another meanwhile."""
        self.instance.save(update_fields=[*WORDS, *FOCUS])


class ReplaceFileForm(forms.Form):
    """Another file for a picture of the library."""

    image = forms.FileField(
        label="New file",
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
        help_text=PICTURE_HELP,
    )

    def clean_image(self) -> Decoded:
        return read_upload(self.cleaned_data["image"])


class ImageUploadForm(ImageWordsForm):
    """A new picture. `save_picture` returns the existing row if the library already has it."""

    image = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
        # What is lost is said before.
        help_text=PICTURE_HELP,
    )
    field_order = ("image", *WORDS)

    def clean_image(self) -> Decoded:
        picture = read_upload(self.cleaned_data["image"])
        if reason := why_not_new(picture):
            raise forms.ValidationError(reason)
        return picture

    def save_picture(self, *, by: User, at: datetime) -> Image:
        """Store the file and its row, once each. Call it outside a transaction.

        Raises PictureNotStored.
        """
        picture: Decoded = self.cleaned_data["image"]
        store_picture(f"{picture.sha256}.{picture.extension}", picture.body)
        texts = {field: self.cleaned_data[field] for field in WORDS}
        image, is_new = Image.objects.get_or_create(
            sha256=picture.sha256,
            defaults={
                "extension": picture.extension,
                "width": picture.width,
                "height": picture.height,
                "size": len(picture.body),
                "uploaded_by": by,
                "uploaded_at": at,
                **texts,
            },
        )
        if not is_new:
            _take_words(image, texts)
        if not image.renditions:
            # Of a file that was damaged there were none; it is whole again.
            Image.objects.filter(pk=image.pk).update(recipe=0)
            ask_for_renditions(image)
        return image

    @property
    def lost(self) -> str:
        """What of the file is not stored, in a sentence or two; "" if nothing is lost."""
        return " ".join(self.cleaned_data["image"].lost)


def _take_words(image: Image, said: dict[str, Any]) -> None:
    """Store the words that came with a file that is in the library; where none came, keep those."""
    changed = {name: said[name] for name in ("alt", "credit", "rights", "caption") if said[name]}
    if said["is_decorative"]:
        changed |= {"alt": "", "is_decorative": True}
    elif said["alt"]:
        changed |= {"is_decorative": False}
    changed = {name: value for name, value in changed.items() if getattr(image, name) != value}
    for name, value in changed.items():
        setattr(image, name, value)
    if changed:
        image.save(update_fields=list(changed))
