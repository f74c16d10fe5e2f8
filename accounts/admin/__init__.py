"""Accounts at the desk: people, groups, and the log of what was done to them."""

import django_tasks_db.admin  # noqa: F401  # it registers the model
from django.contrib import admin
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice
from django_tasks_db.models import DBTaskResult

from accounts.admin import groups, log, people
from accounts.login_form import DeskLoginForm

__all__ = ["groups", "log", "people"]

admin.site.login_form = DeskLoginForm

# These register themselves when they are imported, and show people's secrets, and tracebacks.
admin.site.unregister([StaticDevice, TOTPDevice, DBTaskResult])
