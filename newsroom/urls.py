"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from newsroom import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="front"),
    path("", include("wires.urls")),
    path("", include("articles.urls")),
    path("", include("markets.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("desk/", admin.site.urls),
]

handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"
