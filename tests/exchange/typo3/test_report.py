"""The account of a take-over as an operator reads it."""

import json

from portal.exchange.typo3.report import Outcome, Report


def a_report() -> Report:
    report = Report()
    report.expect("tx_chancenportal_domain_model_offer", 5)
    report.expect("sys_empty", 0)
    report.count("tx_chancenportal_domain_model_offer", Outcome.IMPORTED, 2)
    for uid in (3, 1, 2):
        report.skip("tx_chancenportal_domain_model_offer", uid, "ohne Namen", field="name")
    report.repair("tx_chancenportal_domain_model_offer", 7, "lat", "keine Koordinaten")
    report.repair("tx_chancenportal_domain_model_offer", 7, "zip", "keine Postleitzahl")
    return report


def test_equal_notes_are_one_line_that_names_every_row():
    lines = list(a_report().lines())

    assert "  tx_chancenportal_domain_model_offer.name: ohne Namen (uid 1-3)" in lines
    assert not any("sys_empty" in line for line in lines)


def test_a_row_repaired_twice_counts_once():
    assert a_report().tables["tx_chancenportal_domain_model_offer"].repaired == 1


def test_rows_that_are_missing_from_the_account_are_noticed():
    report = a_report()
    assert report.unaccounted == []
    report.expect("tx_chancenportal_domain_model_offer", 6)
    assert report.unaccounted == ["tx_chancenportal_domain_model_offer"]


def test_the_json_holds_tables_and_notes(tmp_path):
    a_report().write(tmp_path / "report.json")
    content = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    assert content["tables"]["tx_chancenportal_domain_model_offer"]["skipped"] == 3
    assert content["notes"][0]["uids"] == [3, 1, 2]
