"""The operator loads newer school holidays; what is wrong in a file is told with its line."""

import pytest
from django.core.management import CommandError, call_command

from gazetteer import free_days
from gazetteer.models import SchoolHoliday
from tenants.running.context import inside_public

HEAD = "state,first,last,name\n"


@pytest.fixture(autouse=True)
def _fresh(db):
    free_days.forget()
    with inside_public():
        assert SchoolHoliday.objects.exists()
    yield
    free_days.forget()


def test_the_command_replaces_the_states_and_years_of_its_file_and_no_others(tmp_path, capsys):
    file = tmp_path / "ferien.csv"
    file.write_text(f"\ufeff{HEAD}SL,2027-06-20,2027-08-01,Sommerferien\n", encoding="utf-8")
    call_command("load_school_holidays", str(file))
    assert "1" in capsys.readouterr().out
    with inside_public():
        summers = {row.first_date.isoformat() for row in SchoolHoliday.objects.filter(state="SL", name="Sommerferien")}
        assert summers == {"2027-06-20", "2028-07-03"}
        assert SchoolHoliday.objects.filter(state="HH", name="Sommerferien").count() == 2
    assert next(each.name for each in free_days.school_holidays("SL")) == "Weihnachtsferien"


def test_a_line_that_cannot_be_right_is_named(tmp_path):
    file = tmp_path / "ferien.csv"
    file.write_text(f"{HEAD}SL,2027-06-20,2027-08-01,Sommerferien\nSL,20.10.2027,2027-10-30,Herbstferien\n")
    with pytest.raises(CommandError, match="Zeile 3 kann nicht stimmen"):
        call_command("load_school_holidays", str(file))
    with pytest.raises(CommandError):
        call_command("load_school_holidays", str(tmp_path / "nichts.csv"))
