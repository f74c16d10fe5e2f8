"""Posts that become sources: named in the address of the form, or found on the wire for it."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from articles.forms import next_key
from articles.models import Article
from wires.models import Post

if TYPE_CHECKING:
    from wires.admin.posts import PostAdmin

DRAFTED_FROM = 50
MOST_FOUND = 50
LONGEST_QUOTE = 1_000


def chosen_posts(request: HttpRequest) -> list[Post]:
    """Return the posts named by `?post=1&post=2`, in that order. One query a request."""
    if request.method != "GET":
        return []
    if not hasattr(request, "chosen_posts"):
        keys = [int(pk) for pk in request.GET.getlist("post") if pk.isdecimal() and len(pk) < 19]
        posts = Post.objects.with_newest_words().in_bulk(keys[:DRAFTED_FROM]) if keys else {}
        found = [posts[pk] for pk in dict.fromkeys(keys) if pk in posts]
        request.chosen_posts = found  # type: ignore[attr-defined]  # for this request alone
    chosen: list[Post] = request.chosen_posts  # type: ignore[attr-defined]
    return chosen


def rows_to_add(request: HttpRequest, article: Article | None) -> list[dict[str, Any]]:
    """Return the chosen posts as initial rows of the sources, but for those that are linked.

    One query, or none where no post is named.
    """
    posts = chosen_posts(request)
    if not posts:
        return []
    stored = list(article.wire_sources.values_list("post_id", "key")) if article else []
    linked, used = {pk for pk, _ in stored}, [key for _, key in stored]
    rows = []
    for post in posts:
        if post.pk not in linked:
            used.append(next_key(post.channel.code, used))
            rows.append({"post": post.pk, "key": used[-1], "position": len(used) - 1})
    return rows


def add_quotation(request: HttpRequest, form: Any, article: Article | None) -> None:
    """Put `?quote=`, with the mark of the chosen post, at the end of the text. Unsaved; one query."""
    quote = " ".join(request.GET.get("quote", "").replace("\0", "").split())[:LONGEST_QUOTE]
    posts = chosen_posts(request)
    if form.is_bound or not quote or len(posts) != 1:
        return
    added = [row["key"] for row in rows_to_add(request, article)]
    key = added[0] if added else _linked_key(article, posts[0])
    body = article.body if article else ""
    quotation = f"“{quote.strip(' “”')}” [@{key}]"
    form.initial["body"] = f"{body}\n\n{quotation}".strip()


def _linked_key(article: Article | None, post: Post) -> str:
    rows = article.wire_sources.filter(post=post) if article else ()
    return next((row.key for row in rows), "")


def find_sources(site: AdminSite, request: HttpRequest, pk: int) -> HttpResponse:
    """Search the wire for posts to link; the form takes those that are ticked, unsaved."""
    articles, wire = site.get_model_admin(Article), cast("PostAdmin", site.get_model_admin(Post))
    if not articles.has_change_permission(request) or not wire.has_view_permission(request):
        raise PermissionDenied
    article = get_object_or_404(Article, pk=pk)
    if not articles.has_change_permission(request, article):
        raise PermissionDenied
    asked = request.GET.get("q", "").strip()
    context = {
        **site.each_context(request),
        "title": "Add from the wire",
        "article": article,
        "asked": asked,
        "posts": _found(wire, request, asked),
        "linked": set(article.wire_sources.values_list("post_id", flat=True)),
    }
    return TemplateResponse(request, "admin/articles/article/find_sources.html", context)


def _found(wire: "PostAdmin", request: HttpRequest, asked: str) -> list[Post]:
    """Return the newest posts with these words, as the list of the wire finds them. One query."""
    rows, _ = wire.get_search_results(request, wire.get_queryset(request), asked)
    return list(rows.order_by(*wire.ordering)[:MOST_FOUND])
