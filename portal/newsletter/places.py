"""Where residents come upon newsletters: a menu from the first one on, and what search engines may list."""

from typing import Any

from django.db.models import Exists, Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from portal.newsletter.models import Issue, Newsletter
from portal.search import sitemap
from portal.site.menus.reading import only_where
from portal.site.menus.services import bring_in
from portal.site.models import Kind, Place


def _something_to_see() -> Q:
    """When `/newsletter/` answers (`views.public.overview`)."""
    return Q(Exists(Newsletter.objects.offered())) | Q(Exists(Issue.objects.public()))


@receiver(post_save, sender=Newsletter)
def into_the_menu(instance: Newsletter, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """The first newsletter brings its entry into the menu at the bottom; whoever takes it out again is not asked."""
    if created and not raw and Newsletter.objects.count() == 1:
        bring_in(Kind.NEWSLETTER, Place.FOOTER, by="newsletter")


def _addresses() -> list[str]:
    offered = [each.get_absolute_url() for each in Newsletter.objects.offered()]
    return ["/newsletter/", *offered] if offered or Issue.objects.public().exists() else []


only_where(Kind.NEWSLETTER, _something_to_see, room="newsletter")
sitemap.register("newsletter", lambda: Issue.objects.public().select_related("newsletter").order_by("pk"), _addresses)
