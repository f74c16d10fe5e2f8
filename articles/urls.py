"""URLs of the public article pages."""

from django.urls import URLPattern, path, re_path

from articles import feeds, media, sitemaps, views

app_name = "articles"

urlpatterns: list[URLPattern] = [
    re_path(
        r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/(?P<slug>[-a-zA-Z0-9_]+)/$",
        views.article,
        name="article",
    ),
    re_path(
        r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/(?P<slug>[-a-zA-Z0-9_]+)/corrections/$",
        views.corrections,
        name="corrections",
    ),
    re_path(
        r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/(?P<slug>[-a-zA-Z0-9_]+)"
        r"/corrections/(?P<pk>[0-9]{1,18})/$",
        views.correction,
        name="correction",
    ),
    re_path(
        r"^preview/(?P<token>[A-Za-z0-9_-]{43})/$", views.shared_preview, name="shared_preview"
    ),
    path("wire/stories/<int:pk>/", views.story, name="story"),
    path("search/", views.search, name="search"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("sections/<slug:slug>/feed/", feeds.section_feed, name="section_feed"),
    path("feed/", feeds.feed, name="feed"),
    path("corrections/feed/", feeds.corrections_feed, name="corrections_feed"),
    path("wire/posts/<int:pk>/versions/<int:n>/", views.cited_version, name="cited_version"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/sections.xml", sitemaps.sections, name="sitemap_sections"),
    re_path(
        r"^sitemaps/articles-(?P<number>[0-9]{1,12})\.xml$",
        sitemaps.articles,
        name="sitemap_articles",
    ),
    re_path(
        r"^media/(?P<sha256>[0-9a-f]{64})\.(?P<extension>jpg|png|webp|gif)$",
        media.original,
        name="media",
    ),
    re_path(
        r"^media/(?P<sha256>[0-9a-f]{64})-(?P<width>[0-9]{1,5})-(?P<mark>[0-9a-f]{8})"
        r"\.(?P<extension>avif|jpg|png|webp)$",
        media.rendition,
        name="rendition",
    ),
]
