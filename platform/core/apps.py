from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks  # noqa: F401 - registers the system checks

        # Django's own sentence speaks of a value and of making sure; whoever fills in a form counts letters.
        MaxLengthValidator.message = _("Please at most %(limit_value)d characters; now there are %(show_value)d.")
