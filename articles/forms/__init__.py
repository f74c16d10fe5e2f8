"""The forms of the desk: the working copy, its sources, pictures, public notes."""

from articles.forms.choosing import PictureSelect
from articles.forms.erasing import EraseForm, KeepForm
from articles.forms.fixing import fixed
from articles.forms.pictures import ImageForm, ImageUploadForm, ReplaceFileForm
from articles.forms.preview import markdownify
from articles.forms.sources import (
    LoadedChoiceField,
    SourceFormSet,
    WireSourceForm,
    next_key,
)
from articles.forms.unsaved import UnsavedArticle, read_unsaved
from articles.forms.writing import LATEST_SLUG, ArticleForm, NoteForm, OverrideForm

__all__ = [
    "LATEST_SLUG",
    "ArticleForm",
    "EraseForm",
    "ImageForm",
    "ImageUploadForm",
    "KeepForm",
    "LoadedChoiceField",
    "NoteForm",
    "OverrideForm",
    "PictureSelect",
    "ReplaceFileForm",
    "SourceFormSet",
    "UnsavedArticle",
    "WireSourceForm",
    "fixed",
    "markdownify",
    "next_key",
    "read_unsaved",
]
