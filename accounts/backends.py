"""How the desk reads who is logged in."""

from typing import Any, cast

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.rights import labels_of, permissions_of


class DeskBackend(ModelBackend):
    """Django's own, which reads with the user whether an app is set up: the desk asks each time."""

    def get_user(self, user_id: int) -> User | None:
        app = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        user = User.objects.annotate(has_second_factor=Exists(app)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what somebody may do, in one query instead of Django's two: each page asks."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = set(labels_of(permissions_of(user_obj)))
        return cast("set[str]", user_obj._perm_cache)
