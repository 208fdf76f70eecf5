"""For generated offers: opening a page and sending it as it stands changes nothing of the offer."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.media.models import MediaFile
from portal.offers import editing, snapshot
from portal.taxonomy.models import District, Marker, TargetGroup
from tests.authoring.filling import send
from tests.authoring.test_story import member  # noqa: F401
from tests.revisions.conftest import cast  # noqa: F401
from tests.revisions.generated import offers


def test_pages_lose_nothing(cast, member):  # noqa: F811
    group, marker = TargetGroup.objects.create(name="Alle Leute"), Marker.objects.create(name="Ferien")
    district = District.objects.create(name="Mitte")
    media = MediaFile.objects.create(file="x/bild.webp", owner=cast.club, permission="ja", width=900, height=600)
    offer = cast.public()

    @settings(deadline=None, max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(offers([cast.sport.pk], [group.pk], [marker.pk], [district.pk], [media.pk]), st.booleans())
    def unchanged(content, _again):
        snapshot.apply(offer, {**content, "title": "Töpfern"}, searchable=False)
        before = editing.begin(offer, by=cast.editor).content
        for page in ("was", "wann", "wo", "bild"):
            send(member, f"/konto/angebote/{offer.pk}/{page}/", "spaeter")
        after = editing.begin(offer, by=cast.member).content
        editing.discard_working(offer, by=cast.member)
        assert after == before

    unchanged()
