"""How the desk reads who is logged in."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice


class DeskBackend(ModelBackend):
    """Django's own, which reads with the user whether an app is set up: the desk asks each time."""

    def get_user(self, user_id: int) -> User | None:
        app = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        user = User.objects.annotate(has_second_factor=Exists(app)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
