"""The endpoint that turns what is pasted into the body into Markdown. Nothing is stored."""

import json

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse, RawPostDataException
from django.views.decorators.http import require_POST

from articles.admin.endpoints import require_writer
from articles.clipboard import Pasted, TooLong, TooTangled, from_html, paragraphs
from web.clean_text import clean_text

# DATA_UPLOAD_MAX_MEMORY_SIZE is what refuses it.
TOO_LARGE = "More than 5 MB was pasted. It was put in as plain text; paste it in parts to keep its formatting."
TOO_LONG = "That is more than an article holds. It was put in as plain text."
TOO_TANGLED = (
    "Its formatting is too complicated to read. It was put in as plain text; paste it in parts, "
    "or from another program, to keep it."
)
UNREADABLE = "It could not be read, and was put in as plain text."


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Return Markdown for {"html": …, "text": …}, JSON of at most 5 MB. No query of its own."""
    require_writer(request)
    try:
        html, text = _clipboard(request)
        pasted = _read(clean_text(html), clean_text(text))
    except RequestDataTooBig:
        return _refused(TOO_LARGE, status=413)
    except TooLong:
        return _refused(TOO_LONG, status=422)
    except TooTangled:
        return _refused(TOO_TANGLED, status=422)
    except (ValueError, RecursionError, RawPostDataException):
        return _refused(UNREADABLE, status=400)
    left_out = " and ".join(pasted.left_out)
    note = f"Not taken over: {left_out}." if left_out else ""
    return JsonResponse({"markdown": pasted.markdown, "is_inline": pasted.is_inline, "note": note})


def _clipboard(request: HttpRequest) -> tuple[str, str]:
    """Return the HTML and the plain text. Raises ValueError for a body that is neither's."""
    sent = json.loads(request.body)
    if not isinstance(sent, dict):
        message = "The body is not an object."
        raise ValueError(message)
    return str(sent.get("html", "")), str(sent.get("text", ""))


def _read(html: str, text: str) -> Pasted:
    pasted = from_html(html) if html else None
    if pasted is None or not (pasted.markdown or pasted.left_out):
        made = paragraphs(text)
        return Pasted(markdown=made, is_inline="\n" not in made)
    if pasted.is_inline:
        return pasted.within(text)
    return pasted


def _refused(message: str, *, status: int) -> JsonResponse:
    return JsonResponse({"note": message}, status=status)
