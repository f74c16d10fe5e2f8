"""The second factor of a login: an app's codes, and recovery codes for when it is lost.

django-otp keeps the devices and checks the codes; this module says who needs one, and what happens
around them. Anybody who has an app set up is asked for a code at each login.
"""

import enum
import math
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import acts
from accounts.models import AccountAct
from accounts.rights import ADMINISTERING, OVERRIDE
from web.words import count_of

# Who has one of these rights decides what readers see, or who may.
POWERS = (
    "articles.publish_article", "articles.update_article", "articles.correct_article",
    "articles.withdraw_article", "articles.erase_version", "wires.erase_post", OVERRIDE,
    *ADMINISTERING,
)  # fmt: skip

RECOVERY_CODES = 10
# Without letters and digits that look alike; 50 bits each.
RECOVERY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 10
APP_DIGITS = 6
# A phone whose clock is this many steps of 30 s off can be set up; how far is remembered.
CLOCK_STEPS = 10
# A code may be two steps older or newer than the phone's clock says: people type slowly.
TYPING_STEPS = 2


class Step(enum.Enum):
    """What somebody who gave their password still has to do."""

    CODE = "code"
    SET_UP = "set up"


class WrongCode(Exception):
    """The code does not fit; the message says what to do."""


def missing_step(user: AbstractBaseUser | AnonymousUser) -> Step | None:
    """Return what keeps somebody from the desk; None where nothing does.

    One query at most: whose session is verified costs none, nor whom DeskBackend read.
    """
    if not isinstance(user, User) or is_verified(user):
        return None
    if has_app(user):
        return Step.CODE
    return Step.SET_UP if needs_one(user) else None


def is_verified(user: User) -> bool:
    """Return whether this session gave a code. The middleware of django-otp says so."""
    return getattr(user, "otp_device", None) is not None


def has_app(user: User) -> bool:
    """Return whether an app is set up. One query, unless the user was read with the answer."""
    known = getattr(user, "has_second_factor", None)
    return apps_of(user).exists() if known is None else bool(known)


def needs_one(user: User) -> bool:
    """Return whether this person may not enter without a second factor. Up to two queries."""
    return settings.SECOND_FACTOR_REQUIRED and any(user.has_perm(power) for power in POWERS)


def apps_of(user: User) -> Any:
    """The apps that are set up: one at most, besides one that is being set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True)


def begin(user: User) -> TOTPDevice:
    """Return the app that this person is setting up; its secret stays the same until it is used."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


def set_up(user: User, code: str, *, at: datetime) -> tuple[TOTPDevice, list[str]]:
    """Make the app that was begun the only one, and return it with new recovery codes.

    A clock that is off is forgiven here, up to five minutes. Raises WrongCode.
    """
    with transaction.atomic():
        device = (
            TOTPDevice.objects.select_for_update()
            .filter(user=user, confirmed=False)
            .order_by("pk")
            .first()
        )
        if device is None or not _fits(device, code, at=at):
            message = (
                "This code does not fit. Enter the newest one that the app shows for this site."
                " If it never fits, the clock of the phone is more than five minutes off."
            )
            raise WrongCode(message)
        apps_of(user).delete()
        device.confirmed = True
        device.save()
        codes = _new_recovery_codes(user)
        acts.record(user, AccountAct.Verb.FACTOR_SET, by=user, at=at)
    return device, codes


def _fits(device: TOTPDevice, code: str, *, at: datetime) -> bool:
    """Return whether a code is the app's now, and note in the device how far its clock is off.

    A code that was typed slowly looks like one of a phone that is late. Were that noted, the codes
    of a phone that is right would be refused from then on.
    """
    digits = _plain(code)
    if len(digits) != APP_DIGITS or not digits.isdecimal() or not digits.isascii():
        return False
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = at.timestamp()
    if not totp.verify(int(digits), tolerance=CLOCK_STEPS):
        return False
    device.last_t, device.tolerance = totp.t(), TYPING_STEPS
    device.drift = totp.drift if abs(totp.drift) > TYPING_STEPS else 0
    return True


def check(user: User, code: str, *, at: datetime) -> TOTPDevice | StaticDevice:
    """Return the device whose code this is, which is thereby used up.

    Each wrong code doubles the time until the next is looked at. Raises WrongCode.
    """
    plain = _plain(code)
    is_app = len(plain) == APP_DIGITS and plain.isascii() and plain.isdecimal()
    kind = TOTPDevice if is_app else StaticDevice
    refusal = ""
    with transaction.atomic():
        # Two requests with one code: the second waits here, and finds it used.
        device = (
            kind.objects.select_for_update()
            .filter(user=user, confirmed=True)
            .order_by("pk")
            .first()
        )
        if device is None:
            refusal = WRONG
        elif wait := _seconds_to_wait(device, at=at):
            refusal = (
                f"There were wrong codes before this one. Try again in {count_of(wait, 'second')}."
            )
        elif not device.verify_token(plain):
            refusal = WRONG
        elif not is_app:
            acts.record(user, AccountAct.Verb.RECOVERY_USED, by=user, at=at)
    # Raised outside, or the count of wrong codes would be rolled back.
    if refusal:
        raise WrongCode(refusal)
    assert device is not None  # noqa: S101  # for the types: else it was refused
    return device


WRONG = (
    "This code is wrong or used up. Enter the newest one of the app: they change every 30 seconds,"
    " and the phone has to set its clock by itself. Each recovery code works once."
)


def _seconds_to_wait(device: TOTPDevice | StaticDevice, *, at: datetime) -> int:
    """Return how long no code is looked at; 0 where one is."""
    _, why = device.verify_is_allowed()
    if why is None:
        return 0
    until: datetime = why["locked_until"]
    return max(1, math.ceil((until - at).total_seconds()))


def renew_recovery_codes(user: User, *, at: datetime) -> list[str]:
    """Return new recovery codes; the old ones no longer work."""
    with transaction.atomic():
        codes = _new_recovery_codes(user)
        acts.record(user, AccountAct.Verb.RECOVERY_RENEWED, by=user, at=at)
    return codes


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [
        "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes still work. One query."""
    tokens = StaticToken.objects.filter(device__user=user, device__confirmed=True)
    return int(tokens.count())


def remove(user: User, *, by: User | None, at: datetime) -> None:
    """Take away somebody's second factor, if any: a lost phone. `by` is None for a command."""
    with transaction.atomic():
        apps, _ = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if apps:
            acts.record(user, AccountAct.Verb.FACTOR_REMOVED, by=by, at=at)


def _plain(code: str) -> str:
    """Return a code as it is stored: people type it with spaces, hyphens and capitals."""
    return "".join(character for character in code.lower() if character.isalnum())
