"""The page of an organisation knows the holidays on which it is closed."""

from datetime import time

import pytest
import time_machine

from gazetteer import free_days
from portal.preferences.models import Preferences
from portal.providers.models import OpeningHours
from tenants.running.context import inside
from tests.factories import a_provider


@pytest.fixture(autouse=True)
def _at_saarbruecken(ahausen):
    free_days.forget()
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(latitude=49.2326, longitude=7.0098)
    yield
    free_days.forget()


# 25 December 2026 is a Friday; the school holidays of Saarland run from 21 to 31 December.
@pytest.mark.parametrize(
    ("moment", "closed", "sentence"),
    [
        ("2026-12-25T10:00:00+01:00", {}, "jetzt geöffnet, bis 12:00 Uhr"),
        ("2026-12-25T10:00:00+01:00", {"closed_on_holidays": True}, "jetzt geschlossen, öffnet am Montag um 09:00 Uhr"),
        ("2026-12-22T10:00:00+01:00", {"closed_on_holidays": True}, "jetzt geöffnet, bis 12:00 Uhr"),
        (
            "2026-12-22T10:00:00+01:00",
            {"closed_on_holidays": True, "closed_in_school_holidays": True},
            "jetzt geschlossen, öffnet am 4. Januar um 09:00 Uhr",
        ),
    ],
)
def test_it_is_not_open_on_a_holiday(ahausen, visitor, moment, closed, sentence):
    with inside(ahausen):
        provider = a_provider(**closed)
        for day in range(1, 6):
            OpeningHours.objects.create(provider=provider, weekday=day, opens=time(9), closes=time(12))
    with time_machine.travel(moment, tick=False):
        assert sentence in visitor("ahausen").get(provider.get_absolute_url()).content.decode()
