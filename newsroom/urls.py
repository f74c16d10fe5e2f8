"""Every address of the site."""

import re

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts import views as accounts
from articles.cards.icons import ICONS
from articles.pages import written
from newsroom import site_files, views
from newsroom.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="front"),
    path("", include("wires.urls")),
    path("", include("articles.urls")),
    path("", include("markets.urls")),
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", site_files.security_txt, name="security_txt"),
    path("trust.txt", site_files.trust_txt, name="trust_txt"),
    path(".well-known/trust.txt", site_files.trust_txt, name="well_known_trust_txt"),
    path("opensearch.xml", site_files.opensearch, name="opensearch"),
    path("manifest.webmanifest", site_files.manifest, name="manifest"),
    re_path(f"^(?P<name>{'|'.join(map(re.escape, ICONS))})$", site_files.icon, name="icon"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("desk/forgotten/", accounts.password_reset, name="admin_password_reset"),
    path("desk/forgotten/sent/", accounts.password_reset_done, name="password_reset_done"),
    path(
        "desk/forgotten/<uidb64>/<token>/",
        accounts.NewPassword.as_view(),
        name="password_reset_confirm",
    ),
    path("desk/forgotten/done/", accounts.password_reset_complete, name="password_reset_complete"),
    path("desk/", admin.site.urls),
    # Last: a page that editors write takes no other address.
    path("<slug:slug>/", written.site_page, name="site_page"),
]

handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.not_allowed"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"
