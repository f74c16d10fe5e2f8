"""Why somebody with an account cannot log in at the desk."""

from django.contrib.auth.models import User


def why_not_logged_in(person: User) -> str:
    """Return why this person cannot log in, and what to do about it; "" where they can."""
    if not person.is_active:
        return "the account is not active. Tick “Active” and save."
    if not person.has_usable_password():
        return "the account has no password. Set one."
    if not person.is_staff:
        return "the account was not made for the desk. Save this page to let it in."
    return ""
