"""Failed logins: counted in the database, logged, and slowed down.

django-axes keeps the count, so that every process of every host shares it; this module says what
the limits are, where a request comes from, and what the person at the login page is told.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib import admin
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

# Failures until logins have to wait AXES_COOLOFF_TIME: of one person from one address, from one
# address trying any names, and of one person from any addresses.
PERSON_AT_ADDRESS, ADDRESS, PERSON = 5, 20, 50
# How long an address counts as a person's own after they logged in from it.
KEEP_LOGINS = timedelta(days=30)
LONGEST_NAME = 64
# One customer of a provider has at least so many addresses to choose from.
IPV6_NETWORK = 64
# On one page.
MOST_SHOWN = 50


class LoginLimits(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """axes' count in the database, with a limit for each way of guessing.

    Guessing from many addresses locks a person out of those that are new only, and guessing many
    names from one address locks out those alone who have not logged in from it: nobody keeps an
    editor out, nor a whole office, by failing on purpose.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the failures on a scale where PERSON_AT_ADDRESS is the limit. Up to five queries."""
        at_address, address, person = (
            attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        if at_address >= PERSON_AT_ADDRESS:
            return int(at_address)
        is_over = address >= ADDRESS or person >= PERSON
        if is_over and not is_known(request, credentials):
            return PERSON_AT_ADDRESS
        return int(at_address)

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        """Count the failure, and log it in one line."""
        was_locked = bool(getattr(request, "axes_locked_out", False))
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None:
            return
        # repr shows control characters as escapes, so that a name cannot forge a line.
        name = repr(str(credentials.get("username", ""))[:LONGEST_NAME])
        outcome = "refused, too many failures" if was_locked else "failed"
        logger.warning("Login %s: %s from %s", outcome, name, request.axes_ip_address)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Keep the login; forget this person's failures here, and logins of long ago."""
        super().user_logged_in(sender, request, user, **kwargs)
        # Not by AXES_RESET_ON_SUCCESS: it would forget what others did from the same address.
        AccessAttempt.objects.filter(
            username=user.get_username(), ip_address=request.axes_ip_address
        ).delete()
        before = request.axes_attempt_time - KEEP_LOGINS
        AccessLog.objects.filter(attempt_time__lt=before).delete()


def unlock(*, username: str, address: str = "") -> int:
    """Forget the failures of a person, or of one address, and return how many rows that were."""
    attempts = AccessAttempt.objects.filter(username=username)
    if address:
        attempts = AccessAttempt.objects.filter(ip_address=address)
    count, _ = attempts.delete()
    return int(count)


def is_known(request: Any, credentials: dict[str, Any] | None) -> bool:
    """Return whether this person logged in from this address lately. One query."""
    logins = AccessLog.objects.filter(
        username=(credentials or {}).get("username"),
        ip_address=request.axes_ip_address,
        attempt_time__gte=request.axes_attempt_time - KEEP_LOGINS,
    )
    return bool(logins.exists())


def client_address(request: HttpRequest) -> str | None:
    """Return the address of who asks, of IPv6 the network; None where the server knows none.

    Each trusted proxy appends to X-Forwarded-For the address it was asked from. What stands
    further left came from the client, which may write there what it likes.
    """
    asked_from = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies:
        return network_of(forwarded[-proxies]) or network_of(asked_from)
    return network_of(asked_from)


def network_of(text: str) -> str | None:
    """Return an IPv4 address as it is, an IPv6 address as its network; None for what is neither."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), IPV6_NETWORK), strict=False).network_address)
    return str(address)


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say that logins have to wait, and how long."""
    wait = settings.AXES_COOLOFF_TIME
    context = {
        **admin.site.each_context(request),
        "title": "Too many failed logins",
        "minutes": int(wait.total_seconds() // 60),
    }
    answer = render(request, "admin/locked_out.html", context, status=429)
    answer.headers["Retry-After"] = str(int(wait.total_seconds()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@dataclass(frozen=True, slots=True)
class Lockout:
    """A person at an address, an address, or a person anywhere, with too many failures."""

    username: str
    address: str
    failures: int
    until: datetime


def locked(*, at: datetime) -> list[Lockout]:
    """Return who has to wait now, the latest first. Three queries."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=at - settings.AXES_COOLOFF_TIME)
    lockouts = []
    for columns, limit in (
        (("username", "ip_address"), PERSON_AT_ADDRESS),
        (("ip_address",), ADDRESS),
        (("username",), PERSON),
    ):
        counted = recent.values(*columns).annotate(
            n=Sum("failures_since_start"), last=Max("attempt_time")
        )
        for row in counted.filter(n__gte=limit).order_by("-last")[:MOST_SHOWN]:
            until = row["last"] + settings.AXES_COOLOFF_TIME
            lockouts.append(
                Lockout(row.get("username") or "", row.get("ip_address") or "", row["n"], until)
            )
    return sorted(lockouts, key=lambda lockout: lockout.until, reverse=True)
