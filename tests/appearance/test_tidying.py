"""What a discarded draft uploaded goes after a day; what any look still names stays."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.appearance.tidying import remove_unused
from tests.appearance.conftest import FRAME, LOOK, picture, send
from theming.models import PartnerLogo, Theme

pytestmark = [pytest.mark.django_db, pytest.mark.both_stores]
LATER = timedelta(days=2)


def files() -> set[str]:
    return {f"{folder}/{name}" for folder in ("theme", "partnerlogo") for name in default_storage.listdir(folder)[1]}


def test_only_what_no_look_names_goes(desk):
    send(desk, FRAME, **{"partner-0-name": "Land", "partner-0-image": picture(90, 90)})
    send(desk, LOOK, tun="online", logo=picture(300, 150))
    published = {str(Theme.load().logo), str(PartnerLogo.objects.get().image)}
    send(desk, LOOK, tun="online", logo=picture(300, 160))
    second = str(Theme.load().logo)
    send(desk, LOOK, logo=picture(300, 170))
    drafted = desk.get(LOOK).context["content"]["logo"]
    send(desk, LOOK, logo=picture(300, 180))
    now = timezone.now()
    assert drafted in files()
    assert remove_unused(now) == 0, "younger than a day"
    assert remove_unused(now + LATER) == 1
    kept = {*published, second, desk.get(LOOK).context["content"]["logo"]}
    assert files() == kept
    desk.post("/redaktion/aussehen/verwerfen/")
    assert remove_unused(now + LATER) == 1
    assert files() == {*published, second}


def test_a_portal_without_pictures_is_no_trouble(town):
    assert remove_unused(timezone.now() + LATER) == 0
