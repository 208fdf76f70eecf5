"""Numbers on pages that run from right to left: which runs are set apart, and on which pages."""

import re
import time

import pytest

from portal.translation.reading_order import numbers_from_left
from tenants.running.context import inside
from tests.factories import an_offer
from theming.models import Theme

LEFT = '<bdi dir="ltr">{}</bdi>'


@pytest.mark.parametrize(
    "run",
    [
        "117 116",
        "+49 (0)681 / 555-01",
        "(030) 123-45",
        "0681 5550100",
        "10:00–13:00",
        "28.11.2026",
        "01.12. – 03.12.2026",
        "30/11",
        "12,50 €",
        "€ 5",
        "50 %",
        "1.234.567",
        "−3 °C",
        "66119 Saarbrücken",
        "info@verein.example",
        "https://www.verein.example/a-1/",
    ],
)
def test_a_run_with_more_than_digits_is_set_apart_among_arabic_words(run):
    assert numbers_from_left(f"<p>هاتف {run} اليوم</p>") == f"<p>هاتف {LEFT.format(run)} اليوم</p>"


def test_a_date_with_marks_of_the_other_direction_loses_them():
    # As Arabic formats have it: day, month and year would stand in turned order.
    assert numbers_from_left("<p>في 03\u200f/11\u200f/2026</p>") == f"<p>في {LEFT.format('03/11/2026')}</p>"
    assert numbers_from_left("<option>03\u200f/11\u200f/2026</option>") == "<option>\u206603/11/2026\u2069</option>"


@pytest.mark.parametrize("unit", ["a", "_", "1_", "a.", "a-", "+", "1 a", "a@", "a@a.", "1.", "&", "www.", "1 - "])
def test_a_text_without_gaps_takes_no_longer_than_its_length(unit):
    # 200,000 signs of “_” took three minutes when each was tried as a beginning.
    page = f"<p>{(unit * 100_000)[:100_000]}</p>"
    before = time.process_time()
    assert re.sub(r"<[^>]+>", "", numbers_from_left(page)) == page[3:-4]
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "page",
    [
        "<p>289 عروض</p>",
        "<p>من 3 إلى 6 سنوات (12).</p>",
        "<p>1, 2</p>",
        "<p>it&#39;s &amp; &#8211; 4</p>",
        '<p><bdi lang="de" dir="ltr">Markt 1–3</bdi></p>',
        '<p data-x="1–2" title="117 116">x</p>',
        "<title>1 – 2</title>",
        "<script>1 - 2</script>",
        "<svg><text>1 – 2</text></svg>",
        "<textarea>117 116</textarea>",
        "<!-- 117 116 -->",
    ],
)
def test_what_needs_nothing_is_left_alone(page):
    assert numbers_from_left(page) == page


def test_an_option_holds_no_elements_but_signs():
    assert numbers_from_left("<option>10 km</option>") == "<option>\u206610 km\u2069</option>"


@pytest.mark.parametrize("page", ["<p>117 116, 10:00–12:00</p>", "<option>5–7</option>"])
def test_doing_it_twice_changes_nothing(page):
    once = numbers_from_left(page)
    assert numbers_from_left(once) == once


@pytest.mark.parametrize(("language", "apart"), [("ar", True), ("fa", True), ("en", False), ("de", False)])
def test_only_pages_from_right_to_left_are_changed(ahausen, visitor, language, apart):
    with inside(ahausen):
        Theme.objects.update(phone="06831 555 01 02", organisation="Stadt")
    page = visitor("ahausen").get("/", {"sprache": language}).content.decode()
    assert "06831 555 01 02" in page
    assert ('<bdi dir="ltr">06831 555 01 02</bdi>' in page) == apart


def test_a_shortened_german_text_keeps_its_direction_so_that_its_end_is_cut(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Chor", summary="Wir singen am Freitag, und zwar alles, was uns Freude macht.")
    page = visitor("ahausen").get("/angebote/", {"sprache": "ar"}).content.decode()
    assert '<p class="card__text" lang="de" dir="ltr">' in page
