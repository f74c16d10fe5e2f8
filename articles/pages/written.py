"""Pages that editors wrote about the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import SitePageVersion
from articles.page_parts import with_boxes
from web.conditional import public_page
from wires import generations

CHANGES = 50


@public_page(generations.reader("pages"))
def site_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page as it was last published, with what was changed before. One query."""
    rows = SitePageVersion.objects.filter(page__slug=slug).select_related("page")
    versions = list(rows.defer("body", "page__body").newest_first()[:CHANGES])
    if not versions or not versions[0].is_public:
        message = "No such page."
        raise Http404(message)
    version = versions[0]
    context = {
        "page": version.page,
        "version": version,
        "html": with_boxes(version.html),
        "changes": [each for each in versions if each.is_public and each.note],
        "updated_at": version.at,
        "is_demo": version.page.is_demo,
    }
    return render(request, "articles/site_page.html", context)
