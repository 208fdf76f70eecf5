from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "tracker.channels"
    verbose_name = _("Channels")

    def ready(self) -> None:
        # They register themselves.
        from tracker.channels import exports_rows, feeds_tab, mails, own_data, receivers, tabs, ticket_page  # noqa: F401
