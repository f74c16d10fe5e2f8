"""The desk's page of the comments on an article."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from articles import commenting
from articles.admin.alerts import desk_context
from articles.admin.endpoints import require_writer
from articles.forms.writing import LONGEST_NOTE, ProseField
from articles.models import Article, Comment
from articles.models.comment import LONGEST_PASSAGE
from desk.staff import staff_user

SHOWN = 100


class CommentForm(forms.Form):
    """Words of the article, and what somebody says about them."""

    passage = forms.CharField(
        label="Passage",
        required=False,
        max_length=LONGEST_PASSAGE,
        help_text="Words copied from the saved article. Empty: the whole article.",
    )
    text = ProseField(
        label="Comment",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mention a colleague as @name, and it stands on their first page.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the comments on an article, open ones first; add one. Three queries of its own to show."""
    require_writer(request)
    article = get_object_or_404(Article, pk=pk)
    # As words selected in the text come, over several lines.
    passage = " ".join(request.GET.get("passage", "").split())
    form = CommentForm(request.POST or None, initial={"passage": passage})
    if passage:
        form.fields["text"].widget.attrs["autofocus"] = True
    if form.is_valid() and _add(request, article, form):
        return redirect("admin:articles_article_comments", article.pk)
    rows = article.comments.select_related("by", "resolved_by").newest_first()[:SHOWN]
    found: list[Any] = [
        (row, not row.passage or commenting.stands_in(article, row.passage)) for row in rows
    ]
    context = desk_context(request, "Comments") | {
        "article": article,
        "form": form,
        "open": [pair for pair in found if pair[0].resolved_at is None],
        "resolved": [pair for pair in found if pair[0].resolved_at is not None],
    }
    return TemplateResponse(request, "admin/articles/article/comments.html", context)


def _add(request: HttpRequest, article: Article, form: CommentForm) -> bool:
    """Store the comment, or put why not into the form."""
    data = form.cleaned_data
    try:
        row = commenting.comment(
            article,
            passage=data["passage"],
            text=data["text"],
            by=staff_user(request),
            at=timezone.now(),
        )
    except commenting.NotInText as refusal:
        form.add_error("passage", str(refusal))
        return False
    names = [person.get_username() for person in row.mentioned.order_by("pk")]
    told = f" {', '.join(names)} will see it." if names else ""
    messages.success(request, f"The comment is stored.{told}")
    return True


@require_POST
def resolve(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Resolve a comment."""
    require_writer(request)
    row = get_object_or_404(Comment, pk=comment, article=pk)
    is_done = commenting.resolve(row, by=staff_user(request), at=timezone.now())
    messages.success(request, "Resolved." if is_done else "It was resolved already.")
    return redirect("admin:articles_article_comments", pk)


PAGES = (
    ("<int:pk>/comments/", comments, "articles_article_comments"),
    ("<int:pk>/comments/<int:comment>/resolve/", resolve, "articles_article_comment_resolve"),
)
