"""URLs of the public article pages."""

from django.urls import URLPattern, path, re_path

from articles import feeds, media, sitemaps, views
from articles.pages import archive, corrections, evidence, labels, methods, searching, sources

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
    path("wire/stories/<int:pk>/", evidence.story, name="story"),
    path("search/", searching.search, name="search"),
    path("sections/<slug:slug>/", views.section, name="section"),
    *feeds.feed_paths(),
    path("topics/", labels.topics, name="topics"),
    path("authors/", labels.authors, name="authors"),
    path("topics/<slug:slug>/", labels.topic, name="topic"),
    path("authors/<slug:slug>/", labels.author, name="author"),
    path("corrections/", corrections.log, name="corrections_log"),
    path("methods/", methods.methods, name="methods"),
    path("sources/", sources.directory, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("archive/", archive.newest_day, name="archive"),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$",
        archive.day,
        name="archive_day",
    ),
    path("wire/posts/<int:pk>/versions/<int:n>/", evidence.cited_version, name="cited_version"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemaps/sections.xml", sitemaps.sections, name="sitemap_sections"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap_pages"),
    re_path(
        r"^sitemaps/articles-(?P<number>[0-9]{1,12})\.xml$",
        sitemaps.articles,
        name="sitemap_articles",
    ),
    re_path(r"^cards/(?P<mark>[0-9a-f]{64})\.jpg$", media.card, name="card"),
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
