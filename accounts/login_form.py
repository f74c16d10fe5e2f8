"""The form of the login page."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm


class DeskLoginForm(AdminAuthenticationForm):
    # Which of the two is wrong nobody is told, nor whether there is such an account.
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": "Wrong username or password. Capitals count in both.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
