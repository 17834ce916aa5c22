"""Rules for passwords."""

from django.contrib.auth import password_validation
from django.utils.translation import ngettext


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's rule; the message Django 5.2 gives with it is missing from its Czech catalogue."""

    def get_error_message(self) -> str:
        return ngettext(
            "The password is too short. It must have at least %(count)d character.",
            "The password is too short. It must have at least %(count)d characters.",
            self.min_length,
        ) % {"count": self.min_length}
