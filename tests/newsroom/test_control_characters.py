"""Characters that XML or PostgreSQL reject: no desk field stores them."""

from pathlib import Path

import pytest
from django import forms
from django.contrib import admin

from articles.forms.sources import chosen_passages
from articles.models import Article, Section
from markets.management.commands import load_instruments
from newsroom.demo.edition import Edition
from tests.newsroom.factories import make_user
from tests.newsroom.test_desk import OPEN, desk_addresses
from tests.web.test_characters import UNWANTED
from tests.wires.factories import make_post
from wires.management.commands import load_channels
from wires.models import Outlet

DIRTY = f"Lights{UNWANTED} fail"
REPORTED = Path("../shared/corpora/reported/desk")


@pytest.fixture
def desk(client):
    client.force_login(make_user(name="chief", is_superuser=True))
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
def test_every_desk_url_receives_clean_text(desk):
    paths = [path for path, name in desk_addresses() if name not in OPEN]

    assert len(paths) > 80
    for path in paths:
        got = desk.get(path, {"q": DIRTY})
        posted = desk.post(path, {"any": DIRTY, "other": ["Calm", DIRTY]})

        assert got.wsgi_request.GET["q"] == "Lights fail", path
        assert posted.wsgi_request.POST["any"] == "Lights fail", path
        assert posted.wsgi_request.POST.getlist("other") == ["Calm", "Lights fail"], path


def text_fields(form):
    return [name for name, field in form.fields.items() if isinstance(field, forms.CharField)]


@pytest.mark.django_db
@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_every_text_field_of_a_desk_form_is_cleaned(desk, model):
    path = f"/desk/{model._meta.app_label}/{model._meta.model_name}/add/"
    shown = desk.get(path)
    if shown.status_code != 200 or "adminform" not in (shown.context or {}):
        pytest.skip("rows of this kind are not added by a form")
    names = text_fields(shown.context["adminform"].form)

    answer = desk.post(path, dict.fromkeys(names, DIRTY))

    read = answer.wsgi_request.POST
    assert names
    assert [name for name in names if read[name] != "Lights fail"] == []


@pytest.mark.django_db
def test_an_outlet_is_stored_without_control_characters(desk):
    aliases = f"HW{UNWANTED}\nHarbour\tWire"

    desk.post(
        "/desk/wires/outlet/add/",
        {"name": f"Harbour{UNWANTED} Wire", "slug": "harbour", "aliases": aliases}
        | {"language": "en", "affiliation": "none", "excerpt_length": 280},
    )

    outlet = Outlet.objects.get()
    assert (outlet.name, outlet.aliases) == ("Harbour Wire", ["HW", "Harbour Wire"])


@pytest.mark.django_db
def test_a_nul_is_dropped_from_a_reason(desk):
    post = make_post()

    answer = desk.post(
        "/desk/wires/post/",
        {"action": "hide", "_selected_action": [post.pk], "reason": "It was\0 wrong."},
    )

    post.refresh_from_db()
    assert answer.status_code == 302
    assert post.hidden_reason == "It was wrong."


def test_a_nul_is_dropped_from_the_words_chosen_for_a_quotation():
    sent = '[{"exact": "har\\u0000bour", "start": 4}]'

    assert chosen_passages(sent) == [{"exact": "harbour", "start": 4}]


@pytest.mark.django_db
def test_a_nul_is_dropped_from_a_standfirst(desk):
    reported = REPORTED / "standfirst-with-controls.txt"
    if not reported.exists():
        pytest.skip("the reported inputs are not on this machine")
    section = Section.objects.create(name="World", slug="world")

    desk.post(
        "/desk/articles/article/add/",
        {"headline": "Lights fail", "standfirst": reported.read_text(), "section": section.pk}
        | {"language": "en", "wire_sources-TOTAL_FORMS": 0, "wire_sources-INITIAL_FORMS": 0},
    )

    assert Article.objects.get().standfirst == "Lightsfail at the quay."


def test_control_characters_are_dropped_from_lists_loaded_by_commands(tmp_path, monkeypatch):
    outlets, instruments = tmp_path / "channels.toml", tmp_path / "instruments.toml"
    outlets.write_text('[[outlet]]\nname = "Har\\u000bbour"\n')
    instruments.write_text('[[instrument]]\nlabel = "Bra\\u0000ss"\n')
    monkeypatch.setattr(load_channels, "LIST", outlets)
    monkeypatch.setattr(load_instruments, "LIST", instruments)

    assert load_channels.read_list() == [{"name": "Harbour"}]
    assert load_instruments.read_list() == [{"label": "Brass"}]


def test_control_characters_are_dropped_from_the_demo_edition(tmp_path):
    kinds = ("author", "picture", "outlet")
    section = '[[section]]\nslug = "w"\nname = "Wo\\u000brld"\ndescription = ""\n'
    (tmp_path / "edition.toml").write_text(
        "\n".join(f"{kind} = []" for kind in kinds) + "\n" + section
    )

    assert Edition.read(tmp_path).sections[0].name == "World"
