from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "portal.editorial.review"
    label = "review"
    verbose_name = _("Review")

    def ready(self) -> None:
        from portal.editorial.review import adopting, own_data, task_cards, tasks  # noqa: F401 - register themselves
