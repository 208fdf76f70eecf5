from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComparisonConfig(AppConfig):
    name = "comparison"
    verbose_name = _("Comparison of municipalities")

    def ready(self) -> None:
        from comparison import task_cards  # noqa: F401 - registers itself
        from comparison.models import Consent, MonthFigures
        from tenants.carried import carry

        carry(Consent, MonthFigures)
