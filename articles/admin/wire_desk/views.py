"""The wire desk's page, and what its buttons do. Everything works as plain forms."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin.alerts import desk_context, require_permission
from articles.admin.wire_desk.reader import (
    change_basket,
    mark_all_read,
    note_opened,
    reader_of,
)
from articles.admin.wire_desk.rows import (
    count_new,
    find_offers,
    read_page,
    taken_by,
    unknown_outlets,
)
from articles.models import Article
from desk.staff import staff_user
from web.changes import REWRITTEN, Change
from wires import ingest, search
from wires.admin.posts import UNSHOWN
from wires.ingest import stories
from wires.models import Evidence, Post, PostVersion, SavedSearch, WireReader

SEE, DRAFT, WRITE = "wires.view_post", "articles.add_article", "articles.change_article"
DRAFTS_OFFERED = 30
VERSIONS_SHOWN = 50
STORY_SHOWN = 30
LONGEST_ID = 18


class NothingChosen(Exception):
    """A form came without the name of a button."""


@never_cache
@require_safe
def wire_desk(request: HttpRequest) -> HttpResponse:
    """Show the wire, and beside the list the post that `?post=` names, which counts as read.

    Some twenty queries, up to nine more for a search on PostgreSQL, whatever is found.
    """
    require_permission(request, SEE)
    at, user = timezone.now(), staff_user(request)
    query = search.SearchQuery.read(request.GET.get("q", ""), at=at)
    reader = reader_of(user, at=at)
    post = _open_post(request, reader)
    page = read_page(query, request.GET, reader=reader, open_post=post.pk if post else 0)
    saved = list(SavedSearch.objects.shown_to(user).select_related("owner").order_by("name", "pk"))
    context = desk_context(request, "Wire") | {
        "query": query,
        "page": page,
        "here": request.GET.urlencode(),
        "list_query": _without_post(request),
        "saved": saved,
        "is_saved": any(each.query == query.text for each in saved),
        "basket": search.in_order(Post.objects.with_newest_words(), reader.basket),
        **_post_context(request, post),
        **_drafts(request),
        **({} if page.rows else _nothing_found(query, at=at)),
    }
    return TemplateResponse(request, "admin/articles/wire_desk/wire.html", context)


@never_cache
@require_safe
def new_posts(request: HttpRequest) -> HttpResponse:
    """Return how many posts of a search came in after the post `?since=`, for the bar."""
    require_permission(request, SEE)
    # The page asks by itself, which must not keep the session of somebody who left.
    request.is_background = True  # type: ignore[attr-defined]  # read by accounts.middleware
    query = search.SearchQuery.read(request.GET.get("q", ""), at=timezone.now())
    return JsonResponse({"count": count_new(query, since=_id(request.GET.get("since", "")))})


@require_POST
def basket(request: HttpRequest) -> HttpResponse:
    """Pick a post or put it back, empty the basket, or take what is in it to a draft."""
    require_permission(request, SEE)
    at, user = timezone.now(), staff_user(request)
    act = request.POST.get("act", "")
    if act in ("draft", "attach"):
        return _to_article(request, act, reader_of(user, at=at).basket)
    if act == "merge":
        return _merge(request, reader_of(user, at=at).basket)
    picked = [pk for pk in map(_id, request.POST.getlist("post")) if pk]
    change_basket(user, at=at, toggle=picked, is_emptied=act == "empty")
    return _back(request)


@require_POST
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words of a post to a draft, as a quotation with its mark, unsaved."""
    require_permission(request, SEE)
    post = get_object_or_404(Post.objects.on_file().with_newest_words(), pk=pk)
    words = " ".join(request.POST.get("quote", "").split())
    version = post.newest_version
    said = " ".join(version.words.split()) if version else ""
    if not words or words not in said:
        messages.error(request, "These words are not in the newest version of the post.")
        return _back(request)
    return _to_article(request, request.POST.get("act", ""), [post.pk], quote=words)


@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Count everything that has come in as read."""
    require_permission(request, SEE)
    mark_all_read(staff_user(request), at=timezone.now())
    return _back(request)


@require_POST
def act_on_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide or unhide a post, mark it as withdrawn or undo that; logged under its name."""
    require_permission(request, SEE)
    post = get_object_or_404(Post.objects.on_file().with_newest_words(), pk=pk)
    reason = request.POST.get("reason", "").strip()
    try:
        said = _do(request, post, request.POST.get("act", ""), reason, at=timezone.now())
    except (NothingChosen, ingest.NotAllowed, ingest.ReasonMissing) as error:
        messages.error(request, str(error))
        return _back(request)
    LogEntry.objects.log_actions(staff_user(request).pk, [post], CHANGE, said, single_object=True)
    messages.success(request, said)
    return _back(request)


@require_POST
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep a search as a tab, for oneself or for everybody at the desk."""
    require_permission(request, SEE)
    at, name = timezone.now(), " ".join(request.POST.get("name", "").split())[:40]
    query = search.SearchQuery.read(request.POST.get("q", ""), at=at)
    if not name or not query:
        messages.error(request, "Search for something, then give the search a name.")
        return _back(request)
    try:
        with transaction.atomic():
            SavedSearch.objects.create(
                owner=staff_user(request),
                name=name,
                query=query.text,
                is_shared="shared" in request.POST,
                created_at=at,
            )
    except IntegrityError:
        messages.error(request, f"You have a search called “{name}” already.")
    return _back(request)


@require_POST
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own saved search."""
    require_permission(request, SEE)
    search_of_mine = get_object_or_404(SavedSearch, pk=pk, owner=staff_user(request))
    messages.success(request, f"Search “{search_of_mine}” deleted.")
    search_of_mine.delete()
    return _back(request)


def _open_post(request: HttpRequest, reader: WireReader) -> Post | None:
    """Return the post that the address names, and note that it was read."""
    pk = _id(request.GET.get("post", ""))
    if not pk:
        return None
    posts = Post.objects.on_file().with_newest_words()
    post = posts.select_related("hidden_by", "withdrawn_by").prefetch_related(taken_by())
    found = post.filter(pk=pk).first()
    if found is None:
        message = "This post is not on file any more."
        raise Http404(message)
    note_opened(reader, found.pk)
    return found


def _post_context(request: HttpRequest, post: Post | None) -> dict[str, Any]:
    """Return what the pane of a post shows: every version, and what it changed in the one before."""
    if post is None:
        return {"post": None}
    evidence = Prefetch("evidence", Evidence.objects.defer("body").order_by("pk"))
    versions = post.versions.select_related("capture", "captured_by", "confirmation__by")
    rows = versions.defer("html", "capture__body").prefetch_related(evidence).order_by("-n")
    return {
        "post": post,
        "versions": [(version, _changes(version)) for version in rows[:VERSIONS_SHOWN]],
        "story": _story_of(post),
        "may_rule": request.user.has_perm(stories.RULE),
        "may_hide": request.user.has_perm("wires.hide_post"),
        "may_withdraw": request.user.has_perm("wires.withdraw_post"),
    }


def _story_of(post: Post) -> list[Post]:
    """Return the other posts that tell the same story, the first ones first. One query, or none."""
    if not post.story_id:
        return []
    others = Post.objects.on_file().filter(story=post.story_id).exclude(pk=post.pk)
    rows = others.with_newest_words().defer(*UNSHOWN).order_by("wire_at", "pk")
    return list(rows[:STORY_SHOWN])


def _changes(version: PostVersion) -> list[Change] | None:
    """Return what a version changed, [] where it was rewritten, None where it is the first."""
    changes = [Change(*part) for part in version.changes or ()]
    return ([] if REWRITTEN in changes else changes) if changes else None


def _drafts(request: HttpRequest) -> dict[str, Any]:
    """Return what somebody may do with the posts they picked. One query, none for most."""
    may_attach = request.user.has_perm(WRITE)
    open_drafts = Article.objects.filter(status__in=(Article.Status.DRAFT, Article.Status.REVIEW))
    newest = open_drafts.only("headline").order_by("-updated_at", "-pk")
    return {
        "may_draft": request.user.has_perm(DRAFT),
        "may_attach": may_attach,
        "drafts": list(newest[:DRAFTS_OFFERED]) if may_attach else [],
    }


def _nothing_found(query: search.SearchQuery, *, at: datetime) -> dict[str, Any]:
    return {
        "unknown": unknown_outlets(query),
        "offers": find_offers(query, at=at),
        "is_index_empty": bool(query) and search.POSTS.is_empty(),
    }


def _to_article(request: HttpRequest, act: str, posts: list[int], **kept: str) -> HttpResponse:
    """Lead to the form of a new article, or of the draft that was chosen, with these posts."""
    require_permission(request, WRITE if act == "attach" else DRAFT)
    if not posts:
        messages.error(request, "Pick a post first.")
        return _back(request)
    address = reverse("admin:articles_article_add")
    if act == "attach":
        article = get_object_or_404(Article, pk=_id(request.POST.get("article", "")))
        address = reverse("admin:articles_article_change", args=[article.pk])
    # The outlet that reported it first becomes the first source.
    ordered = Post.objects.filter(pk__in=posts).order_by("wire_at", "pk")
    chosen = [("post", pk) for pk in ordered.values_list("pk", flat=True)]
    if not kept:
        change_basket(staff_user(request), at=timezone.now(), is_emptied=True)
    return redirect(f"{address}?{urlencode([*chosen, *kept.items()])}")


def _merge(request: HttpRequest, posts: list[int]) -> HttpResponse:
    """Make one story of what is in the basket."""
    try:
        story = stories.merge_into_story(posts, by=staff_user(request), at=timezone.now())
    except ingest.NotAllowed as error:
        messages.error(request, str(error))
        return _back(request)
    if story is None:
        messages.error(request, "Pick at least two posts that tell the same story.")
    else:
        messages.success(request, "These posts and their stories are one story now.")
    return _back(request)


def _do(request: HttpRequest, post: Post, act: str, reason: str, *, at: datetime) -> str:
    """Do what a button of the post says, and return what to tell of it."""
    by = staff_user(request)
    match act:
        case "hide":
            ingest.hide(post, by=by, reason=reason, at=at)
            return f"Hidden: {reason}"
        case "unhide":
            ingest.unhide(post, by=by, at=at)
            return "Unhidden."
        case "withdraw":
            ingest.withdraw(post, by=by, reason=reason, at=at)
            return f"Marked as withdrawn by the outlet: {reason}"
        case "reinstate":
            ingest.reinstate(post, by=by)
            return "Withdrawal undone."
        case "part":
            stories.part_from_story(post, by=by, at=at)
            return "Taken out of its story."
    message = "Choose what to do with the post."
    raise NothingChosen(message)


def _id(text: str) -> int:
    """Return the id that an address names, 0 where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else 0


def _without_post(request: HttpRequest) -> str:
    """Return the query string of the list alone, which the links of its rows go on from."""
    asked = request.GET.copy()
    asked.pop("post", None)
    return asked.urlencode()


def _back(request: HttpRequest) -> HttpResponse:
    here = request.POST.get("here", "")
    return redirect(f"{reverse('admin:wire_desk')}{'?' if here else ''}{here}")
