"""German dates in words: what they mean, and when they are asked and not believed."""

from datetime import date

import pytest

from portal.drafting.reading.lines import Line, Sheet, Word, sheet_of
from portal.drafting.reading.rules import When
from portal.drafting.reading.running_text import running
from portal.drafting.reading.when import when

TODAY = date(2026, 11, 28)  # a Saturday


def read(text: str) -> When | None:
    return when(running(sheet_of(text)), today=TODAY)


def told(found: When) -> list[str]:
    """Rules on a line each: day or rule, from–until."""
    return [
        " ".join(
            filter(None, (rule["rrule"], rule["first_date"], rule["last_date"] and f"bis {rule['last_date']}",
                          rule["start_time"], rule["end_time"]))
        )
        for rule in found.rules
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "rules"),
    [
        ("Sonntag, 13. Juni 2027, 15 bis 18 Uhr", "dates", ["2027-06-13 15:00 18:00"]),
        ("Sa, 12.6.27 ab 14.30 Uhr", "dates", ["2027-06-12 14:30"]),
        ("13.06.2027 | 10:00-16:00", "dates", ["2027-06-13 10:00 16:00"]),
        ("Sonntag\n13. Juni 2027\n15 - 18 Uhr", "dates", ["2027-06-13 15:00 18:00"]),
        ("15 Uhr, am 13.6.2027", "dates", ["2027-06-13 15:00"]),
        ("12., 19. und 26. März 2027, jeweils 18 Uhr", "dates",
         ["2027-03-12 18:00", "2027-03-19 18:00", "2027-03-26 18:00"]),
        ("12.3., 19.3. und 26.3.2027 um 18 Uhr", "dates",
         ["2027-03-12 18:00", "2027-03-19 18:00", "2027-03-26 18:00"]),
        ("12./13. Juni 2027, 10 Uhr", "dates", ["2027-06-12 10:00", "2027-06-13 10:00"]),
        ("Fr 12.02.2027 19 Uhr\nSa 13.02.2027 20 Uhr", "dates", ["2027-02-12 19:00", "2027-02-13 20:00"]),
        ("So 21.02.2027, 11.00 und 15.00 Uhr", "dates", ["2027-02-21 11:00", "2027-02-21 15:00"]),
        ("12.12.2026 10 Uhr bis 13.12.2026 16 Uhr", "period", ["2026-12-12 bis 2026-12-13 10:00 16:00"]),
        ("12. Dezember 2026, 8 Uhr abends", "dates", ["2026-12-12 20:00"]),
        ("Seit 10 Jahren! Samstag, 12.12.2026, 10 Uhr", "dates", ["2026-12-12 10:00"]),
        ("Anmeldeschluss ist der 1.12.2026. Los geht es am 12.12.2026 um 10 Uhr", "dates", ["2026-12-12 10:00"]),
        ("dienstags um 10 und um 15 Uhr", "weekly",
         ["FREQ=WEEKLY;BYDAY=TU 2026-11-28 10:00", "FREQ=WEEKLY;BYDAY=TU 2026-11-28 15:00"]),
        ("letzter Sonntag im Monat, 11 Uhr", "monthly", ["FREQ=MONTHLY;BYDAY=-1SU 2026-11-28 11:00"]),
        ("Fr.–So. 11.–13. Juni 2027 ab 11 Uhr", "period", ["2027-06-11 bis 2027-06-13 11:00"]),
        ("vom 3. bis 7. August 2027, täglich 9–16 Uhr", "period", ["2027-08-03 bis 2027-08-07 09:00 16:00"]),
        ("Freitag, 19. März 2027\nEinlass 18 Uhr, Beginn 19 Uhr", "dates", ["2027-03-19 19:00"]),
        ("Freitag, 19. März 2027\nBeginn 19 Uhr, Ende 22 Uhr", "dates", ["2027-03-19 19:00 22:00"]),
        ("Freitag, 19. März 2027, 17 Uhr\nAnmeldung bis 12.3.2027", "dates", ["2027-03-19 17:00"]),
        ("Um Anmeldung bis 5. März 2027 wird gebeten.\nDonnerstag 11. März 2027 um 17 Uhr", "dates",
         ["2027-03-11 17:00"]),
        ("Freitag, 19. März 2027, 17 Uhr\nTel. 0681 12345 (Mo–Fr 9–12 Uhr)", "dates", ["2027-03-19 17:00"]),
        ("Jeden Dienstag 16–17 Uhr", "weekly", ["FREQ=WEEKLY;BYDAY=TU 2026-11-28 16:00 17:00"]),
        ("dienstags und donnerstags von 9 bis 11.30 Uhr", "weekly",
         ["FREQ=WEEKLY;BYDAY=TU,TH 2026-11-28 09:00 11:30"]),
        ("12.1. – 23.3.2027, immer dienstags 18–19.30 Uhr", "weekly",
         ["FREQ=WEEKLY;BYDAY=TU;UNTIL=20270323 2027-01-12 18:00 19:30"]),
        ("alle zwei Wochen donnerstags 17 Uhr ab 7. Januar 2027", "weekly",
         ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TH 2027-01-07 17:00"]),
        ("montags 8–12 Uhr und 14–16 Uhr", "weekly",
         ["FREQ=WEEKLY;BYDAY=MO 2026-11-28 08:00 12:00", "FREQ=WEEKLY;BYDAY=MO 2026-11-28 14:00 16:00"]),
        ("Jeden ersten Montag im Monat, 19 Uhr", "monthly", ["FREQ=MONTHLY;BYDAY=1MO 2026-11-28 19:00"]),
        ("jeden letzten Freitag im Monat ab 20 Uhr", "monthly", ["FREQ=MONTHLY;BYDAY=-1FR 2026-11-28 20:00"]),
    ],
)  # fmt: skip
def test_what_is_written_in_full_is_understood_and_certain(text, kind, rules):
    found = read(text)
    assert (found.kind, told(found), found.doubts) == (kind, rules, set())


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Samstag, 12. Juni, 19 Uhr", "no_year"),
        ("Samstag, 13. Juni 2027, 15 Uhr", "weekday"),
        ("13.06.2024, 15 Uhr", "past"),
        ("01.01.1970, 10 Uhr", "past"),
        ("13.06.2067, 10 Uhr", "far"),
        ("24.12.2026", "no_clock"),
        ("Dienstag 16–17 Uhr", "bare"),
        ("Mo–Fr 8–12 Uhr", "bare"),
        ("13.06.2027\n14 Uhr Eröffnung\n16 Uhr Kasperle", "clocks"),
        ("13.06.2027, 15 Uhr (Raum 12)", "clocks"),
        ("13.06.2027 15 Uhr\n20.07.2027 Führung durch das alte Rathaus 9 Uhr", "several"),
        ("Noch bis 13.06.2027, 10 Uhr", "several"),
        ("ab 13.06.2027, 10 Uhr", "several"),
        ("Jeden zweiten Dienstag, 19 Uhr", "several"),
        ("alle 14 Tage mittwochs 19 Uhr", "several"),
        ("jeden Dienstag 18 Uhr und am 13.06.2027", "several"),
        ("13.06.2027 15 Uhr – abgesagt!", "off"),
        ("5.–6. Dezember 2026\nSa 14–20 Uhr\nSo 11–18 Uhr", "clocks"),
        ("Infoabend am 1.12.2026 um 19 Uhr, Kursstart 12.01.2027, 18 Uhr", "several"),
        ("dienstags 9–10 Uhr für Kinder, 10–11 Uhr für Erwachsene", "clocks"),
        ("jeden Samstag im Dezember 2026, 10 Uhr", "several"),
        ("dienstags 18 Uhr, nicht in den Ferien", "several"),
        ("13.06.2027 | 10 | 12 Uhr", "clocks"),
        ("13.06.2027 um halb acht", "no_clock"),
        ("Jeden Mittwoch ab 14.1.2027 von 10 bis 11.30 Uhr", "weekday"),
    ],
)
def test_what_is_not_clear_is_asked(text, doubt):
    assert doubt in read(text).doubts


def test_the_year_that_is_not_written_is_the_next_whose_weekday_fits():
    # 12 June is a Saturday in 2027, a Monday in 2028.
    assert told(read("Samstag, 12. Juni, 19 Uhr")) == ["2027-06-12 19:00"]
    assert told(read("Montag, 12. Juni, 19 Uhr")) == ["2028-06-12 19:00"]


@pytest.mark.parametrize(
    "text",
    ["Eintritt 5,00 Euro, 3. Stock, 66111 Saarbrücken", "Tel. 0681 12.03.20.27", "Anmeldung bis 12.3.2027",
     "gegründet 3.4.1998", "", "Der Markt ist bunt", "Version 1.2.3"],
)  # fmt: skip
def test_other_numbers_are_no_dates(text):
    found = read(text)
    assert found is None


@pytest.mark.parametrize("text", ["31.02.2027 10 Uhr", "31. Februar 2027"])
def test_a_day_that_does_not_exist_is_none(text):
    assert read(text) is None


def seen(*words: tuple[str, float]) -> When:
    line = Line(tuple(Word(text, sure) for text, sure in words))
    return when(running(Sheet([line], seen=True)), today=TODAY)


def test_what_was_hard_to_see_is_asked():
    clear = seen(("Sonntag,", 95), ("13.06.2027", 95), ("15", 95), ("Uhr", 95))
    assert clear.doubts == set()
    for blurred in range(1, 3):
        words = [("Sonntag,", 95), ("13.06.2027", 95), ("15", 95), ("Uhr", 95)]
        words[blurred] = (words[blurred][0], 50)
        assert "blurred" in seen(*words).doubts


def test_a_mended_word_is_asked():
    assert "blurred" in seen(("Sonntag,", 95), ("13.", 95), ("Junl", 95), ("2027", 95), ("15", 95), ("Uhr", 95)).doubts


def test_a_day_without_its_weekday_must_be_seen_more_clearly():
    assert seen(("Sonntag", 85), ("13.06.2027", 85), ("15", 85), ("Uhr", 85)).doubts == set()
    assert "blurred" in seen(("am", 85), ("13.06.2027", 85), ("15", 85), ("Uhr", 85)).doubts
