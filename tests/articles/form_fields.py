"""What a browser sends when the article form is handed in."""

import json

from articles.forms import ArticleForm
from tests.articles.factories import make_section

TEXTS = ("headline", "slug", "standfirst", "body", "framing_note", "language")


def fields_of(article=None, *, sources=(), **fields):
    """Return the fields of the form and its source rows, as stored; of a new article if None."""
    rows = list(article.wire_sources.order_by("position", "pk")) if article and article.pk else []
    data = {
        "headline": "Ships turn back",
        "slug": "ships-turn-back",
        "standfirst": "",
        "body": "The harbour is closed [@r1].",
        "framing_note": "We lead with the harbour.",
        "social_text": "",
        "section": make_section().pk,
        "language": "en",
        "image_caption": "",
        "wire_sources-TOTAL_FORMS": len(rows) + len(sources),
        "wire_sources-INITIAL_FORMS": len(rows),
    }
    if article:
        data |= {name: getattr(article, name) for name in TEXTS}
        data |= {"section": article.section_id or ""}
    if article and article.pk:
        data |= {"seen_at": article.updated_at.isoformat()}
    for n, row in enumerate(rows):
        data |= {
            f"wire_sources-{n}-id": row.pk,
            f"wire_sources-{n}-article": article.pk,
            f"wire_sources-{n}-key": row.key,
            f"wire_sources-{n}-post": row.post_id,
            f"wire_sources-{n}-role": row.role,
            f"wire_sources-{n}-note": row.note,
            f"wire_sources-{n}-translation": row.translation,
            f"wire_sources-{n}-position": row.position,
            f"wire_sources-{n}-passages": json.dumps(row.passages),
        }
    for n, row in enumerate(sources, start=len(rows)):
        data |= {f"wire_sources-{n}-{name}": value for name, value in row.items()}
    return data | fields


def saved_form(article, **values):
    """Return the form of an article, sent as it was shown but for these values."""
    form = ArticleForm(instance=article)
    left_out = ("image", "authors", "topics")
    shown = {name: form[name].value() for name in form.fields if name not in left_out}
    return ArticleForm(
        {**{n: v for n, v in shown.items() if v is not None}, **values}, instance=article
    )
