"""Addresses of the wire."""

from django.urls import path

from wires import views

app_name = "wires"

urlpatterns = [
    path("wire/", views.wire, name="wire"),
    path("wire/live/", views.fragment, name="fragment"),
    path("wire/posts/<int:pk>/", views.post, name="post"),
    path("wire/posts/<int:pk>/article/", views.in_an_article, name="in_an_article"),
    path("wire/outlets/<slug:slug>/", views.outlet, name="outlet"),
]
