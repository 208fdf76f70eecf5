"""Pages written before there were blocks: whatever real texts they have, they read the same, untouched and after they
went through the editor and online again."""

import re

import pytest

from core.html import clean_html, plain_text
from demo.build import TOWNS
from portal.exchange.typo3.dump import Dump
from portal.pages.models import Page

pytestmark = pytest.mark.django_db

# The page of a text as the release before drew it (pages/detail.html), written down by hand.
AS_BEFORE = '<article><h1>{title}</h1>\n\n<div class="prose">{body}</div></article>'


def article(desk):
    text = desk.browsers["mia"].get("/neu-hier/").content.decode()
    return re.search(r"<article.*</article>", text, re.DOTALL)[0].replace("\u00ad", "")


def words(markup):
    return " ".join(plain_text(markup).split())


def reads_as_before(desk, bodies):
    for body in bodies:
        Page.objects.filter(pk=desk.page.pk).update(body=body, blocks=[])
        before = words(AS_BEFORE.format(title="Neu hier?", body=body))
        drawn = article(desk)
        assert words(drawn) == before
        assert body in drawn, "the same markup too"
        # Opened and saved by somebody without JavaScript, who changes nothing; then online.
        text = desk.browsers["mia"].get(f"{desk.url}?baustein=text0").content.decode()
        typed = re.search(r'<textarea[^>]*name="b-html"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL)[1]
        desk.press("mia", {"tun": "speichern"}, open="text0", **{"b-html": typed_by_hand(typed)})
        desk.press("mia", {"neu": "quote", "schluessel": "zitat1", "nach": "text0"})
        desk.press("mia", {"tun": "fertig"}, open="zitat1", **{"b-text": "Dazu", "b-name": "Jo"})
        assert desk.press("mia", {"tun": "online"}).status_code == 302
        assert body in article(desk)
        # And once more the one text alone: then the row says what it said.
        desk.press("mia", {"weg": "zitat1"})
        assert desk.press("mia", {"tun": "online"}).status_code == 302
        page = Page.objects.get(pk=desk.page.pk)
        assert (page.body, page.blocks) == (body, [])
        assert words(article(desk)) == before


def typed_by_hand(escaped):
    return (
        escaped.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
    )


def test_the_pages_of_the_demo_read_the_same(desk):
    bodies = {clean_html(page.html) for town in TOWNS.values() for page in town.pages}
    assert len(bodies) > 10
    reads_as_before(desk, sorted(bodies, key=len)[:: max(1, len(bodies) // 3)])


def test_the_texts_of_a_takeover_read_the_same(desk, shared):
    dump = Dump(shared / "data" / "typo3-chancenportal-filled.sql")
    texts = {clean_html(str(row["bodytext"] or "")) for row in dump.rows("tt_content")}
    texts |= {
        clean_html(str(row["long_description"] or "")) for row in dump.rows("tx_chancenportal_domain_model_provider")
    }
    bodies = sorted((text for text in texts if words(text)), key=len)
    assert bodies
    reads_as_before(desk, bodies[:: max(1, len(bodies) // 2)])
