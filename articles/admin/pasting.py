"""The endpoint that turns what is pasted into the body into Markdown.

Nothing is stored but pictures that stand in the HTML itself.
"""

import json
import secrets

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse, RawPostDataException
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.endpoints import require_writer
from articles.admin.pasted_pictures import store_pictures
from articles.clipboard import Pasted, TooLong, TooTangled, from_html, paragraphs, take_out
from desk.staff import staff_user
from web.clean_text import clean_text

# DATA_UPLOAD_MAX_MEMORY_SIZE is what refuses it.
TOO_LARGE = "More than 5 MB was pasted. It was put in as plain text; paste it in parts to keep its formatting."
TOO_LONG = "That is more than an article holds. It was put in as plain text."
TOO_TANGLED = (
    "Its formatting is too complicated to read. It was put in as plain text; paste it in parts, "
    "or from another program, to keep it."
)
UNREADABLE = "It could not be read, and was put in as plain text."


class NoClipboard(Exception):
    """The body of the request is not what the form sends."""


# What is wrong: the status and the words of the answer.
_REFUSALS: dict[type[Exception], tuple[int, str]] = {
    RequestDataTooBig: (413, TOO_LARGE),
    TooLong: (422, TOO_LONG),
    TooTangled: (422, TOO_TANGLED),
    NoClipboard: (400, UNREADABLE),
}


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Return Markdown for {"html": …, "text": …}, JSON of at most 5 MB. No query without pictures."""
    require_writer(request)
    try:
        html, text = _clipboard(request)
        html, pictures = take_out(html, word=f"picture{secrets.token_hex(8)}")
        pasted = _read(html, text)
    except tuple(_REFUSALS) as refusal:
        status, message = _REFUSALS[type(refusal)]
        return JsonResponse({"note": message}, status=status)
    left_out = " and ".join(pasted.left_out)
    stored = store_pictures(pasted.markdown, pictures, by=staff_user(request), at=timezone.now())
    note = " ".join(filter(None, [f"Not taken over: {left_out}." if left_out else "", stored.note]))
    return JsonResponse({"markdown": stored.markdown, "is_inline": pasted.is_inline, "note": note})


def _clipboard(request: HttpRequest) -> tuple[str, str]:
    """Return the HTML and the plain text. Raises NoClipboard, or RequestDataTooBig."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException) as error:
        raise NoClipboard from error
    if not isinstance(sent, dict):
        raise NoClipboard
    html, text = (clean_text(str(sent.get(kind) or "")) for kind in ("html", "text"))
    return html, text


def _read(html: str, text: str) -> Pasted:
    """Return the Markdown of the HTML; of the plain text where no words come of the HTML."""
    pasted = from_html(html) if html else None
    if pasted is None or not pasted.markdown:
        made = paragraphs(text)
        return Pasted(markdown=made, is_inline="\n" not in made)
    return pasted.within(text) if pasted.is_inline else pasted
