"""Who may open what at the desk, and do what there: one table, for every role.

The views are called as the URL conf has them, and nothing is rendered: who is refused is decided
before that. What the pages show is tested where they are.
"""

from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver

from accounts import acts
from accounts.models import AccountAct
from articles import publishing
from articles.admin.verbs import VERBS
from articles.models import (
    Act,
    ArticleVersion,
    Comment,
    Correction,
    Erasure,
    ErasurePlace,
    OverwrittenDraft,
    PreviewLink,
)
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_site_page,
    make_topic,
)
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_provider
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post
from wires.models import Evidence, Post
from wires.retention import keep_screenshot

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "roles.txt"
# In the order of the columns. An inactive publisher and a visitor have no column: they may nothing.
ROLES = {
    "N": "",
    "W": "Wire desk",
    "R": "Writer",
    "E": "Editor",
    "P": "Publisher",
    "A": "Administrator",
}
AUTOCOMPLETE = {"app_label": "articles", "model_name": "article", "field_name": "authors"}
# The addresses of words that somebody entered, and of erasures, lead to rows of their own.
BY_HAND = {"wires_post_confirm", "wires_post_take_back", "wires_post_screenshot"}
ERASING = {
    "erasure": Erasure, "erasure_keep": Erasure, "erasure_rewritten": ErasurePlace,
    "erase_post": Post, "erase_version": ArticleVersion,
}  # fmt: skip
SENT = {"autocomplete": AUTOCOMPLETE, "unlock": {"username": "ada"}}
# What is for everybody, logged in or not.
OPEN = {
    "login", "logout", "jsi18n", "admin_password_reset", "password_reset_done",
    "password_reset_confirm", "password_reset_complete",
}  # fmt: skip


def desk_patterns(resolver=None, prefix=""):
    """Yield the name and the pattern of every address of the desk."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from desk_patterns(pattern, route)
        elif route.startswith("desk/"):
            yield name_of(pattern, route), pattern


def name_of(pattern, route):
    if pattern.name:
        return pattern.name
    return "(record)" if route.endswith("/<path:object_id>/") else "(other)"


@pytest.fixture
def records():
    """Return one row of every model of the desk, by the beginning of the names of its addresses."""
    live = make_live_article()
    rows = [
        make_article(), make_author(), make_topic(), make_site_page(), live.section, live.live_version, make_image("a" * 64),
        Correction.objects.create(
            article=live, kind="update", note="So.", at=NOON, version_before=live.live_version
        ),
        Act.objects.latest("pk"), make_post(), make_channel(), make_outlet(), make_provider(),
        make_instrument(), Group.objects.get(name="Writer"), make_user(group="Writer", name="ada"),
    ]  # fmt: skip
    OverwrittenDraft.objects.create(
        pk=1, article=rows[0], draft={}, saved_at=NOON, overwritten_at=NOON
    )
    PreviewLink.objects.create(
        pk=1,
        article=rows[0],
        token_hash="a" * 64,
        saved_at=NOON,
        made_at=NOON,
        expires_at=later(hours=1),
    )
    Comment.objects.create(pk=1, article=rows[0], text="Why?", by=rows[-1], at=NOON)
    acts.record(rows[-1], AccountAct.Verb.MADE, by=None, at=NOON)
    erased = Erasure.objects.create(kind="post", subject="Post 1", reason="Asked for.", at=NOON)
    ErasurePlace.objects.create(erasure=erased, article=live, version=live.live_version)
    entered = make_post(captured_by=make_user(), native_id="by hand").unconfirmed_version
    keep_screenshot(entered, b"picture", sha256="a" * 64, at=NOON)
    rows.append(AccountAct.objects.get())
    found = {f"{row._meta.app_label}_{row._meta.model_name}_": row for row in rows}
    missing = {f"{m._meta.app_label}_{m._meta.model_name}_" for m in admin.site._registry} - {
        *found
    }
    assert not missing, "give these models a row above"
    return found


def arguments(name, pattern, records):
    """Return what the parts of an address stand for, for a row that is there."""
    row = next((row for label, row in records.items() if name.startswith(label)), None)
    row = row or records["articles_article_"]
    known = {
        "kind": "post",
        "fingerprint": "0",
        "app_label": "articles",
        "url": "x",
        "n": 1,
        "draft": 1,
        "link": 1,
        "comment": 1,
    }
    if name in BY_HAND:
        row = Post.objects.get(native_id="by hand")
        known["evidence"] = Evidence.objects.get().pk
    elif name in ERASING:
        row = ERASING[name].objects.latest("pk")
    known["content_type_id"] = str(ContentType.objects.get_for_model(row).pk)
    if name in {"usage", "wire_desk_act", "wire_desk_quote"}:
        row = records["wires_post_"]
    elif name == "remove_second_factor":
        row = records["auth_user_"]
    elif name in {"view_on_site", "alerts_check"}:
        row = records["articles_articleversion_"].article
    return {
        part: known.get(part)
        or (row.pk if f"<int:{part}>" in str(pattern.pattern) else str(row.pk))
        for part in pattern.pattern.regex.groupindex
    }


def ask(user, pattern, kwargs, method, data=None):
    """Return the response of a view to this user, or None where the user is refused."""
    request = getattr(RequestFactory(), method)("/desk/x/", data or {})
    request.user, request.session = user, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = SessionStorage(request), True
    try:
        with transaction.atomic():
            response = pattern.callback(request, **kwargs)
            transaction.set_rollback(True)
    except PermissionDenied:
        return None
    is_sent_to_login = response.status_code == 302 and response.url.startswith("/desk/login/")
    return None if is_sent_to_login else response


@pytest.fixture
def people():
    """Return somebody of each role, with its letter."""
    return [(letter, make_user(group=group)) for letter, group in ROLES.items()]


def outcome(user, pattern, kwargs, method, data=None):
    """Return "yes", "no", or "-" where nobody uses this method."""
    try:
        response = ask(user, pattern, kwargs, method, data)
    except Http404:
        return "no"
    if response is None:
        return "no"
    return "-" if response.status_code == 405 else "yes"


def mask(outcomes):
    """Return the letters of those who may, and dots for the others."""
    if set(outcomes.values()) == {"-"}:
        return "-"
    return "".join(letter if said == "yes" else "." for letter, said in outcomes.items())


def written():
    """Return the lines of the table by what they are about; the columns are masks."""
    lines = [line.split() for line in TABLE.read_text().splitlines()]
    return {line[0]: line[1:] for line in lines if line and not line[0].startswith("#")}


def test_every_page_of_the_desk_opens_for_the_roles_of_the_table(records, people):
    found = {}
    for name, pattern in desk_patterns():
        if name in OPEN:
            continue
        kwargs, data = arguments(name, pattern, records), SENT.get(name)
        masks = [
            mask({letter: outcome(user, pattern, kwargs, method, data) for letter, user in people})
            for method in ("get", "post")
        ]
        # The addresses of records without a page's name are all alike.
        assert found.setdefault(name, masks) == masks, name

    table = {name: masks for name, masks in written().items() if ":" not in name}
    # A new page gets a line in roles.txt: its first lines say how.
    assert found == table


def test_every_action_of_the_desk_is_offered_to_the_roles_of_the_table(people):
    found = {}
    for model, model_admin in admin.site._registry.items():
        for letter, user in people:
            request = RequestFactory().get("/desk/")
            request.user = user
            for action in model_admin.get_actions(request):
                name = f"{model._meta.label_lower}:{action}"
                found.setdefault(name, dict.fromkeys(ROLES, "no"))[letter] = "yes"

    table = {name: masks for name, masks in written().items() if "." in name.split(":")[0]}
    assert {name: [mask(outcomes)] for name, outcomes in found.items()} == table


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_button_of_an_article_works_for_the_roles_of_the_table(verb, people):
    article = make_article()

    said = {letter: is_allowed(verb, article, user) for letter, user in people}

    assert [mask(said)] == written()[f"button:{verb.name}"]


def is_allowed(verb, article, user):
    try:
        with transaction.atomic():
            verb.act(article, user, NOON, "So.")
            transaction.set_rollback(True)
    except publishing.NotAllowed:
        return "no"
    except publishing.Refused:
        # For another reason, such as what the article is.
        return "yes"
    return "yes"


@pytest.mark.parametrize("kind", ["visitor", "publisher", "administrator", "superuser"])
def test_visitors_and_deactivated_accounts_are_refused_everywhere(kind, records):
    user = AnonymousUser()
    if kind != "visitor":
        group = "" if kind == "superuser" else kind.capitalize()
        user = make_user(group=group, is_active=False, is_superuser=kind == "superuser")

    let_in = [
        (name, method)
        for name, pattern in desk_patterns()
        for method in ("get", "post")
        if name not in OPEN and ask(user, pattern, arguments(name, pattern, records), method)
    ]

    assert let_in == []


def test_the_table_has_no_line_for_what_is_not_there():
    names = {name for name, _ in desk_patterns()} | {f"button:{verb.name}" for verb in VERBS}

    assert {name for name in written() if "." not in name} <= names
