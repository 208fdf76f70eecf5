"""What residents see is told to every process when it changes; what they do not see costs nothing."""

from django.db import connection

from tenants.running.context import inside

# Tables nobody finds on a public page, or that are written by reading one.
SILENT = {
    "account_", "accounts_", "audit_", "django_", "exchange_", "mail_", "usage_", "subscriptions_",
    "feedback_case", "feedback_answer", "feedback_counter", "feedback_salt", "providers_membership",
    "translation_monthlyuse", "revisions_", "media_", "mfa_", "usersessions_", "socialaccount_", "organisations_",
    "blocks_", "calendars_", "drafting_", "editorial_", "handbook_", "history_", "imports_", "inventory_",
    "newsletter_addresslist", "newsletter_delivery", "newsletter_left", "newsletter_mailing", "newsletter_reader",
    "people_", "planning_areafigure", "planning_figurenote", "planning_savedview", "planning_source",
    "planning_report_", "planning_districtsheet", "planning_reconciliation",
    "printing_", "quality_", "review_", "site_legaltext", "search_unanswered", "upkeep_", "vocabulary_",
    "surveys_crosstally", "surveys_freetext", "surveys_participation", "surveys_personallink", "surveys_tally",
    "surveys_weektally", "tokens_", "machine_access_", "webhooks_",
    "adoption_proposal", "adoption_state", "adoption_taking",
    # Written by triggers of tables that tell themselves, in the same transaction.
    "interfaces_change",
}  # fmt: skip


def test_every_table_of_a_public_page_tells_when_it_changes(ahausen):
    with inside(ahausen), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = "
            "relname || '_changed') FROM pg_class WHERE relnamespace = 'ahausen'::regnamespace AND relkind = 'r'"
        )
        tables = dict(cursor.fetchall())
    assert len(tables) > 30
    silent = {name for name, watched in tables.items() if not watched}
    assert {name for name in silent if not name.startswith(tuple(SILENT))} == set()
    assert {name for name in tables if tables[name] and name.startswith(tuple(SILENT))} == set()
