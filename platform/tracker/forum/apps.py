from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "tracker.forum"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        from tracker.forum import finding, own_data, rows, tabs  # noqa: F401 - register themselves
        from tracker.forum.services import forgetting  # noqa: F401 - registers itself
