"""The forms of people's own accounts: their labels, and what they ask a browser to do."""

import pytest
from django.contrib.auth.models import User

from accounts.code_forms import CodeForm, CodeWithPasswordForm, PasswordForm
from accounts.forms import _names
from accounts.login_form import DeskLoginForm

ADA = User(username="ada")


@pytest.mark.parametrize(
    ("form", "name", "label"),
    [
        (CodeForm(), "code", "Code"),
        (PasswordForm(ADA), "password", "Your password"),
        (CodeWithPasswordForm(ADA), "code", "Code"),
        (DeskLoginForm(), "username", "Username"),
    ],
)
def test_a_label_of_a_form_at_the_door_ends_without_a_colon(form, name, label):
    assert f">{label}</label>" in form[name].label_tag()


def test_a_form_may_be_given_another_sign_after_its_labels():
    assert CodeForm(label_suffix="?")["code"].label_tag() == ('<label for="id_code">Code?</label>')


def test_the_login_form_takes_the_request_and_what_was_typed_as_that_of_django_does():
    typed = {"username": "ada", "password": "wrong"}

    assert DeskLoginForm(None, typed).data == typed


def test_the_code_is_asked_before_the_password():
    assert [*CodeWithPasswordForm(ADA).fields] == ["code", "password"]


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "u1"), (5, "u1, u2, u3, u4, u5"), (6, "u1, u2, u3, u4, u5 and others")],
)
def test_five_people_are_named_and_the_others_only_mentioned(count, said):
    assert _names([User(username=f"u{n}") for n in range(1, count + 1)]) == said
