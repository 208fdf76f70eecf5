from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfferFieldsConfig(AppConfig):
    name = "portal.offer_fields"
    # What is told of changes is told by the first word of a table's name.
    label = "offerfields"
    verbose_name = _("Details of offers")

    def ready(self) -> None:
        from portal.offer_fields import task_cards  # noqa: F401 - registers itself
