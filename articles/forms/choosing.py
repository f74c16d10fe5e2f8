"""The field of an article that holds a picture."""

from typing import Any

from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from desk.forms import OneOfTheRows, is_row_id


class PictureSelect(OneOfTheRows):
    """A select that a script turns into a thumbnail and the dialogue of the library.

    Without script it is the select.
    """

    class Media:
        css = {"all": ["css/components/focus.css", "desk/css/pictures.css"]}
        # Once the page is read: the elements look for what stands inside them.
        js = (
            Script("desk/js/picture-field.js", defer=True),
            Script("desk/js/focal-point.js", defer=True),
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Put the select into the element of the script. One query more where there is a picture."""
        pks = [pk for pk in self.format_value(value) if is_row_id(str(pk))]
        image = self.choices.queryset.filter(pk__in=pks).first() if pks else None
        select = super().render(name, value, attrs, renderer)
        # The renderer of forms knows only the templates that come with Django.
        context = {"select": select, "image": image}
        return render_to_string("admin/articles/image/_select.html", context)
