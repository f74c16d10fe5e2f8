from django.urls import path

from markets import views

app_name = "markets"

urlpatterns = [
    path("markets/", views.page, name="page"),
    path("markets/strip/", views.strip, name="strip"),
]
