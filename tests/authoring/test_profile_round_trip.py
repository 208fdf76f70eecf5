"""For generated profiles: opening a page and sending it as it stands changes nothing of the profile."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.authoring.forms.base import Setting, changes_of
from portal.authoring.profile.forms.hours import HoursForm
from portal.media.models import MediaFile
from portal.providers import editing, snapshot
from portal.providers.models import Carrier
from portal.taxonomy.models import District
from tests.authoring.filling import send
from tests.authoring.test_profile import leader, signed_in  # noqa: F401
from tests.revisions.conftest import cast  # noqa: F401
from tests.revisions.generated import profiles


def test_pages_lose_nothing(cast, leader):  # noqa: F811
    district, carrier = District.objects.create(name="Mitte"), Carrier.objects.create(name="Verein")
    media = [
        MediaFile.objects.create(file=f"x/{name}.webp", owner=cast.club, permission="ja", width=900, height=600)
        for name in ("eins", "zwei")
    ]

    @settings(deadline=None, max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(profiles([cast.sport.pk], [carrier.pk], [district.pk], [each.pk for each in media]), st.booleans())
    def unchanged(content, _again):
        snapshot.apply(cast.club, content, searchable=False)
        before = editing.begin(cast.club, by=cast.editor).content
        for page in ("wer", "kontakt", "zeiten", "bilder"):
            assert send(leader, f"/konto/anbieter/{cast.club.pk}/profil/{page}/", "spaeter").status_code == 302
        after = editing.begin(cast.club, by=cast.administrator).content
        editing.discard_working(cast.club, by=cast.administrator)
        assert after == before

    unchanged()


hours = st.fixed_dictionaries(
    {"weekday": st.integers(1, 7), "opens": st.sampled_from(["07:30", "09:00", "13:00"]),
     "closes": st.sampled_from(["13:00", "18:00", "23:59"])}
).filter(lambda each: each["opens"] < each["closes"])  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(hours, max_size=12, unique_by=lambda each: (each["weekday"], each["opens"])),
       st.dictionaries(st.integers(1, 7), st.sampled_from(["nach Absprache", "Eingang hinten"])))  # fmt: skip
def test_the_week_says_what_was_read_even_where_stretches_overlap(given_, notes):
    content = snapshot.canonical(
        {"opening_hours": given_, "opening_notes": [{"weekday": day, "text": text} for day, text in notes.items()]}
    )
    setting = Setting(None, content, None)  # type: ignore[arg-type]
    form = HoursForm(HoursForm.data_of(setting), setting)
    assert form.mistakes() == []
    assert form.values()["opening_hours"] == content["opening_hours"]
    assert form.values()["opening_notes"] == content["opening_notes"]
    assert changes_of(form, HoursForm(HoursForm.data_of(setting), setting)) == {}
