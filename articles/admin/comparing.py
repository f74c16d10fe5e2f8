"""Two versions of an article side by side, the saved draft among them, and the way back to one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles.admin.alerts import desk_context, require_permission
from articles.forms.drafts import Draft, draft_of
from articles.forms.unsaved import whole
from articles.forms.version_drafts import all_differences, draft_of_version, erased_in, names_in
from articles.models import Article, ArticleVersion
from web.words import count_of

DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A version, or the saved draft, as one of the two that are compared."""

    name: str
    label: str
    version: ArticleVersion | None
    draft: Draft
    names: dict[str, str]


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show word by word what became of one version in another. At most twelve queries."""
    require_permission(request, "articles.view_article")
    articles = Article.objects.select_related("section", "image", "original", "live_version")
    article = get_object_or_404(articles, pk=pk)
    versions = list(_versions(article))
    sides = [_side(article, versions, request.GET.get(name, "")) for name in ("from", "to")]
    earlier, later = sides[0] or _usual(article, versions), sides[1] or _saved(article)
    context = desk_context(request, "Compare versions") | {
        "article": article,
        "choices": [*((str(v.n), _label(v, article)) for v in versions), (DRAFT, "Saved draft")],
        "earlier": earlier,
        "later": later,
        "differences": all_differences(earlier.draft, later.draft, earlier.names, later.names),
        "may_write": request.user.has_perm("articles.change_article")
        and article.status != Article.Status.WITHDRAWN,
        "erased": _erased(earlier, later),
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _versions(article: Article) -> Any:
    rows = article.versions.select_related("section", "image", "original", "author")
    return rows.defer("html", "framing_html", "claims", "findings").order_by("-n")


def _label(version: ArticleVersion, article: Article) -> str:
    live = ", live" if version.pk == article.live_version_id else ""
    return f"Version {version.n}{live}"


def _side(article: Article, versions: list[ArticleVersion], name: str) -> Side | None:
    """Return what the address names, None where it names nothing of the article."""
    if name == DRAFT:
        return _saved(article)
    version = next((each for each in versions if each.n == whole(name)), None)
    return _of_version(article, version) if version else None


def _of_version(article: Article, version: ArticleVersion) -> Side:
    draft = draft_of_version(version, article)
    return Side(
        name=str(version.n),
        label=_label(version, article),
        version=version,
        draft=draft,
        names=names_in(draft, article, version),
    )


def _saved(article: Article) -> Side:
    draft = draft_of(article)
    names = names_in(draft, article, None)
    return Side(name=DRAFT, label="Saved draft", version=None, draft=draft, names=names)


def _usual(article: Article, versions: list[ArticleVersion]) -> Side:
    """Return what one asks about most: the live version, else the last, else the draft itself."""
    live = next((each for each in versions if each.pk == article.live_version_id), None)
    last = live or (versions[0] if versions else None)
    return _of_version(article, last) if last else _saved(article)


def _erased(*sides: Side) -> list[str]:
    """Return what was removed on legal request and cannot be compared or put back."""
    said = []
    for side in sides:
        if side.version is None:
            continue
        if side.version.is_erased:
            said.append(f"{side.label} was removed on legal request: nothing of it is left.")
        elif keys := erased_in(side.version):
            posts = count_of(len(keys), "post")
            said.append(
                f"The words of {posts} that {side.label[:1].lower()}{side.label[1:]} cites were"
                f" removed on legal request ({', '.join(keys)}). The checks will hold what rests"
                " on them."
            )
    return said


def history_of(article: Article) -> dict[str, Any]:
    """Return what the page of versions lists: versions, public notes, drafts, acts. Lazy."""
    drafts = article.overwritten_drafts.select_related("overwritten_by").defer("draft")
    return {
        "versions": article.versions.select_related("author").defer("body", "html").order_by("-n"),
        "corrections": article.corrections.select_related("by").order_by("-at", "-pk"),
        "overwritten": drafts.newest_first(),
        "acts": article.acts.select_related("by").order_by("-at", "-pk"),
    }


PAGES = (("<int:pk>/compare/", compare, "articles_article_compare"),)
