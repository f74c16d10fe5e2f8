"""The application that gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django_site = get_wsgi_application()

from newsroom.charsets import AnyCharsetRequest  # noqa: E402

django_site.request_class = AnyCharsetRequest

# gunicorn runs no system checks; a half-configured production must not serve a page.
from newsroom.checks import production_is_whole  # noqa: E402

if errors := production_is_whole(None):
    sys.stderr.write("".join(f"{error.msg} {error.hint}\n" for error in errors))
    raise ImproperlyConfigured(errors[0].msg)

from django.conf import settings  # noqa: E402

from newsroom.database_away import watch  # noqa: E402
from newsroom.health import answer_at_any_host, looking  # noqa: E402
from newsroom.pagecache import PageCache, ask  # noqa: E402
from newsroom.plain_requests import plain_request  # noqa: E402
from newsroom.replica import replica  # noqa: E402
from newsroom.request_ids import name_requests  # noqa: E402

pages = answer_at_any_host(django_site)
# While templates are edited nothing is kept.
if settings.PAGE_CACHE_BYTES and not settings.DEBUG:
    pages = PageCache(pages, most=settings.PAGE_CACHE_BYTES, watch=watch, replica=replica)
application = name_requests(pages, is_behind_proxy=settings.TRUSTED_PROXIES > 0)


def warm_up() -> None:
    """Make the front page once, where it can be made: the first of a process takes a second."""
    if looking.look().is_ready:
        ask(pages, plain_request("/"))
