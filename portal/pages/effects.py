"""What the rule on AI crawlers puts into `/robots.txt`."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.pages.crawlers import AI_CRAWLERS
from portal.preferences.effects import register
from portal.preferences.models import Preferences


def crawlers_named(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many are asked to stay away."""
    if not wished.search_engines:
        yield _("As long as search engines may not read the portal, nobody may.")
    elif wished.ai_crawlers:
        yield _("They are treated like search engines.")
    else:
        number = {"number": len(AI_CRAWLERS), "some": ", ".join(AI_CRAWLERS[7:12])}
        yield _("%(number)d of them are asked to stay away, for example %(some)s.") % number


register("ai_crawlers", crawlers_named)
