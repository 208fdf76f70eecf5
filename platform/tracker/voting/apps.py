from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotingConfig(AppConfig):
    name = "tracker.voting"
    verbose_name = _("Votes")

    def ready(self) -> None:
        from tracker.voting import doors  # noqa: F401 - registers itself
