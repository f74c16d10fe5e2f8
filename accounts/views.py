"""A person's own account: the second step of a login, the second factor, a forgotten password."""

from base64 import b32encode
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from io import BytesIO
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView, redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as remember_device

from accounts import acts, login_limits, resets, second_factor
from accounts.code_forms import CodeForm, CodeWithPasswordForm, PasswordForm
from accounts.models import AccountAct
from accounts.second_factor import Step, WrongCode
from desk.staff import staff_user
from mail.sending import NoMailServer
from web.clean_text import reads_clean_text

type View = Callable[..., HttpResponse]

# Wrong passwords in a session that is open, until it is closed.
MOST_WRONG = 5
WRONG_PASSWORDS = "wrong_passwords"
PASSWORD_GOOD_FOR = timedelta(minutes=10)


def needs_password_login(view: View) -> View:
    """Let in who gave a password, with or without the second step."""

    @wraps(view)
    @never_cache
    @reads_clean_text
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not (user.is_active and user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return guarded


def where_to(request: HttpRequest) -> str:
    """Return the page that somebody was on the way to; the desk where that is not one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:index")


def page_of(step: Step, request: HttpRequest) -> HttpResponseRedirect:
    """Lead to what is left of a login."""
    name = "second_step" if step is Step.CODE else "second_factor"
    return redirect(f"{reverse(f'admin:{name}')}?{urlencode({'next': where_to(request)})}")


def context_of(request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, "next": where_to(request), **more}


@needs_password_login
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a code, after the password."""
    user = staff_user(request)
    if second_factor.missing_step(user) is not Step.CODE:
        return redirect(where_to(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = second_factor.check(user, form.cleaned_data["code"], at=timezone.now())
        except WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            _enter(request, device)
            return redirect(where_to(request))
    context = context_of(request, "Enter your code", form=form)
    return render(request, "accounts/second_step.html", context)


def _enter(request: HttpRequest, device: Any) -> None:
    """Mark the session as verified, under a new key: nobody may know it from before."""
    request.session.cycle_key()
    remember_device(request, device)


@needs_password_login
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up an app, the first or another one; recovery codes are shown once."""
    user = staff_user(request)
    step = second_factor.missing_step(user)
    if step is Step.CODE:
        return page_of(step, request)
    form = _ask_to_set_up(user, request, step)
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = second_factor.set_up(user, form.cleaned_data["code"], at=timezone.now())
        except WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            _enter(request, device)
            return _show_codes(request, codes)
    if _is_guessing(request, form):
        return redirect("admin:login")
    device = second_factor.begin(user)
    context = context_of(request, "Set up a second factor", form=form, is_needed=step is not None)
    context |= {"secret": _in_fours(device), "has_app": second_factor.has_app(user)}
    return render(request, "accounts/set_up.html", context)


def _ask_to_set_up(user: User, request: HttpRequest, step: Step | None) -> CodeForm:
    """Ask for the code, and for the password unless it was given a moment ago, in the login."""
    came_at = user.last_login
    if step is Step.SET_UP and came_at and timezone.now() - came_at < PASSWORD_GOOD_FOR:
        return CodeForm(request.POST or None)
    return CodeWithPasswordForm(user, request.POST or None)


def _in_fours(device: Any) -> str:
    """Return the secret as apps want it typed."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = context_of(request, "Your recovery codes", codes=codes)
    response = render(request, "accounts/recovery_codes.html", context)
    add_never_cache_headers(response)
    return response


def _is_guessing(request: HttpRequest, form: Any) -> bool:
    """Count wrong passwords in this session, and close it after a few: it may be a stranger's."""
    if "password" not in form.errors or not request.POST.get("password"):
        return False
    wrong = request.session.get(WRONG_PASSWORDS, 0) + 1
    if wrong >= MOST_WRONG:
        logout(request)
        return True
    request.session[WRONG_PASSWORDS] = wrong
    return False


@needs_password_login
@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """Draw the secret that is being set up, for the camera of a phone."""
    user = staff_user(request)
    if second_factor.missing_step(user) is Step.CODE:
        return HttpResponse(status=404)
    # Loads lxml, which web processes do without until somebody sets up an app.
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    picture = qrcode.make(second_factor.begin(user).config_url, image_factory=SvgPathFillImage)
    drawn = BytesIO()
    picture.save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show what a person can change of their own account."""
    user = staff_user(request)
    has_app = second_factor.has_app(user)
    context = context_of(request, "Your account", has_app=has_app)
    context["needs_one"] = second_factor.needs_one(user)
    context["codes_left"] = second_factor.recovery_codes_left(user) if has_app else 0
    context["acts"] = (
        AccountAct.objects.filter(person=user).select_related("by").order_by("-at", "-pk")[:20]
    )
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, which replace the old ones."""
    user = staff_user(request)
    if not second_factor.is_verified(user):
        return redirect("admin:account")
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _show_codes(request, second_factor.renew_recovery_codes(user, at=timezone.now()))
    if _is_guessing(request, form):
        return redirect("admin:login")
    context = context_of(request, "Make new recovery codes", form=form)
    return render(request, "accounts/renew_codes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reads_clean_text
def password_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link by e-mail. The answer is the same for everybody."""
    form = PasswordResetForm(request.POST or None, label_suffix="")
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            resets.ask(
                form.cleaned_data["email"],
                address=login_limits.client_address(request),
                at=timezone.now(),
            )
        except resets.TooManyRequests:
            form.add_error(None, "Too many links were asked for from here. Try again in an hour.")
            status = 429
        except NoMailServer:
            form.add_error(None, "This site sends no e-mail. Ask an administrator for a password.")
        else:
            return redirect("password_reset_done")
    context = context_of(request, "Forgotten password", form=form)
    return render(request, "accounts/password_reset.html", context, status=status)


@never_cache
@require_safe
def password_reset_done(request: HttpRequest) -> HttpResponse:
    context = context_of(
        request, "Look into your e-mail", minutes=settings.PASSWORD_RESET_TIMEOUT // 60
    )
    return render(request, "accounts/password_reset_done.html", context)


class NewPassword(PasswordResetConfirmView):
    """Set a new password by the link of the e-mail; it works once, and ends other sessions."""

    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("password_reset_complete")
    form_class = SetPasswordForm  # type: ignore[assignment]  # it is generic in stubs only

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "label_suffix": ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = "Choose a new password" if self.validlink else "This link no longer works"
        return {**super().get_context_data(**kwargs), **context_of(self.request, title)}

    def form_valid(self, form: Any) -> HttpResponse:
        person = cast("User", self.user)  # the link is valid
        with transaction.atomic():
            response = super().form_valid(form)
            acts.record(person, AccountAct.Verb.RESET, by=person, at=timezone.now())
            login_limits.unlock(username=person.get_username())
        return response


@never_cache
@require_safe
def password_reset_complete(request: HttpRequest) -> HttpResponse:
    return render(
        request, "accounts/password_reset_complete.html", context_of(request, "Password changed")
    )


def administers_accounts(view: View) -> View:
    """Refuse who does not administer accounts."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("auth.change_user"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@administers_accounts
def remove_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take away the second factor of somebody who lost phone and recovery codes."""
    person = get_object_or_404(User, pk=pk)
    may = admin.site.get_model_admin(User).has_change_permission(request, person)
    # Not one's own: that would make an open screen enough to set up another app.
    if not may or person == staff_user(request):
        raise PermissionDenied
    if request.method != "POST":
        title = f"Remove the second factor of {person.get_username()}"
        context = context_of(request, title, person=person)
        return render(request, "accounts/remove_second_factor.html", context)
    second_factor.remove(person, by=staff_user(request), at=timezone.now())
    messages.success(request, f"{person.get_username()} has no second factor now.")
    return redirect("admin:auth_user_change", pk)


@require_POST
@administers_accounts
def unlock(request: HttpRequest) -> HttpResponse:
    """Let logins from an address, or of a person, go on at once."""
    username, address = request.POST.get("username", ""), request.POST.get("address", "")
    if not (username or address):
        raise BadRequest
    with transaction.atomic():
        login_limits.unlock(username=username, address=address)
        AccountAct.objects.create(
            person=User.objects.filter(username=username).first() if username else None,
            name=(username or address)[:150],
            verb=AccountAct.Verb.UNLOCKED,
            by=staff_user(request),
            at=timezone.now(),
        )
    messages.success(request, f"{username or address} can log in again.")
    return redirect("admin:lockouts")


@require_safe
@administers_accounts
def lockouts(request: HttpRequest) -> HttpResponse:
    """List who has to wait before logging in again. Three queries."""
    context = context_of(request, "Locked logins", locked=login_limits.locked(at=timezone.now()))
    return render(request, "accounts/lockouts.html", context)
