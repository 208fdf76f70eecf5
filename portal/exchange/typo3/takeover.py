"""The take-over of one dump into one municipality, from first to last, in one transaction."""

import re
from collections.abc import Callable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.exchange.typo3 import files, log, offers, people, providers, redirects, taxonomy, values
from portal.exchange.typo3.context import Context, Ledger
from portal.exchange.typo3.dump import DOMAIN, Dump, DumpError
from portal.exchange.typo3.report import Report
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.taxonomy.adoption.linking import propose as propose_links
from tenants.models import Municipality
from tenants.running.context import inside
from tenants.running.table_statistics import refresh_statistics

NAME = "import_typo3"
_APPROVAL = re.compile(r"\bactivate_offer_approval\s*=\s*(\d)")
_OURS = ("fe_groups", "fe_users", files.TABLE)

Progress = Callable[[str], None]


class UnaccountedError(Exception):
    """Rows of the dump are missing from the report: a fault of the importer; nothing was written."""


def take_over(
    municipality: Municipality,
    dump: Dump,
    *,
    directory: Path | None = None,
    dry_run: bool = False,
    progress: Progress = lambda stage: None,
) -> Report:
    """Import the dump and say what became of each row. All or nothing; a dry run does the same and undoes it.

    `directory` holds TYPO3's `fileadmin`. `progress` is told the name of each stage as it begins.
    """
    with inside(municipality):
        context = Context(
            dump=dump,
            report=Report(),
            ledger=Ledger(),
            municipality_name=municipality.name,
            files=files.fileadmin(directory) if directory else None,
            dry_run=dry_run,
            offer_approval=_offer_approval(dump),
        )
        try:
            with transaction.atomic():
                _lock(municipality)
                _refuse_another_portal(context)
                _stages(context, progress)
                _close(context, municipality)
                transaction.set_rollback(dry_run)
        except BaseException:
            _remove(context.saved_files)
            raise
        if not dry_run:
            _remove(context.replaced_files)
            refresh_statistics()
    return context.report


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _lock(municipality: Municipality) -> None:
    """Two at the same time would take over everything twice; the second waits and then finds it done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{NAME} {municipality.schema_name}"])


def _refuse_another_portal(context: Context) -> None:
    """Numbers mean the same only within one portal: another one's dump would overwrite what shares a number.

    A dump does not name its portal, but no two have made the same numbers at the same seconds, and our objects
    keep the time at which they were made there.
    """
    same = different = 0
    for table, model in ((providers.TABLE, Provider), (offers.TABLE, Offer)):
        made = dict(model._default_manager.values_list("pk", "created_at"))
        for row in context.dump.rows(table, {"uid", "crdate"}):
            known = context.ledger.find(table, values.reference(row.get("uid")))
            here = made.get(known.object_id) if known is not None else None
            there = values.reference(row.get("crdate"))
            if here is not None and there > 0:
                same += int(here.timestamp()) == there
                different += int(here.timestamp()) != there
    if different > same:
        raise DumpError(
            _(
                "This dump is of another portal than the one already taken over here: of %(all)d offers and "
                "providers with the same number, %(different)d were made at another time."
            )
            % {"all": same + different, "different": different}
        )


def _stages(context: Context, progress: Progress) -> None:
    _expect(context)
    pictures = files.Pictures(context)
    pictures.load()
    progress(_("accounts"))
    people.take_over_groups(context)
    people.take_over_users(context)
    progress(_("categories, target groups, districts"))
    taxonomy.take_over(context, pictures)
    propose_links()
    progress(_("providers"))
    organisations = providers.take_over(context, pictures)
    people.take_over_memberships(context, organisations)
    progress(_("offers"))
    offers.take_over(context, pictures)
    pictures.leave()
    progress(_("old addresses"))
    redirects.take_over(context)
    progress(_("statistics"))
    log.take_over(context)


def _expect(context: Context) -> None:
    """Enter every table of the dump; what is not the portal's is skipped as a whole, with its reason."""
    reasons = {
        "pages": _("pages are written anew here"),
        "tt_content": _("page contents are written anew here"),
        "sys_file": _("taken over with the objects that show them"),
        "sys_file_metadata": _("taken over with the objects that show them"),
    }
    for name, table in context.dump.tables.items():
        context.report.expect(name, table.rows)
        if not name.startswith(DOMAIN) and name not in _OURS and table.rows:
            context.report.skip_all(name, reasons.get(name, _("TYPO3's own table")))


def _close(context: Context, municipality: Municipality) -> None:
    if context.report.unaccounted:
        raise UnaccountedError(", ".join(context.report.unaccounted))
    context.ledger.save()
    imported = {name: [0, count.imported] for name, count in context.report.tables.items() if count.imported}
    if imported:
        record(NAME, municipality, by=NAME, changes=imported)


def _offer_approval(dump: Dump) -> bool:
    """The original's knob “Angebotsfreigabeprozess aktivieren”, from the constants of its template; default on."""
    for row in dump.rows("sys_template"):
        if values.reference(row.get("deleted")):
            continue
        if found := _APPROVAL.search(values.text(row.get("constants"))):
            return found[1] == "1"
    return True
