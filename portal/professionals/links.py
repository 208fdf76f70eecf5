"""Links of blocks to newsletters: a network names its own."""

from portal.blocks.linked import tell
from portal.newsletter.models import Newsletter

for view in ("newsletter:public", "newsletter:subscribe"):
    tell(view, "slug", lambda slugs: Newsletter.objects.filter(slug__in=slugs).values_list("slug", flat=True))
