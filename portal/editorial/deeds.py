"""What the log says of the deeds of the town hall's own rooms (see `portal.people.deeds`)."""

from django.utils.translation import gettext_lazy as _

from portal.people.deeds import DEEDS

DEEDS.update(
    {
        "bulk.resume": _("%(who)s went on with a bulk action"),
        "bulk.start": _("%(who)s began a bulk action"),
        "bulk.stop": _("%(who)s stopped a bulk action"),
        "bulk.take_back": _("%(who)s took a bulk action back"),
        "desk.goal": _("%(who)s changed after how many days something has waited too long"),
        "desk.habits": _("%(who)s changed keys or the weekly mail for themselves"),
        "figures.forgotten": _("%(who)s deleted old figures of use"),
        "history.taken_back": _("%(who)s took “%(thing)s” out of the bin"),
        "mail.address_works": _("%(who)s said that mails reach “%(thing)s” again"),
        "mail_text.change": _("%(who)s changed the text of a mail"),
        "mail_text.choice": _("%(who)s decided whether a kind of mail goes out"),
        "mail_text.reset": _("%(who)s took back the usual text of a mail"),
        "markers": _("%(who)s changed the markers of “%(thing)s”"),
        "merge": _("%(who)s merged another entry into “%(thing)s”"),
        "merged": _("%(who)s let “%(thing)s” go into another entry"),
        "note": _("%(who)s changed the internal note on “%(thing)s”"),
        "offer.internal": _("%(who)s changed internal details of “%(thing)s”"),
        "offer_field.added": _("%(who)s added the detail “%(thing)s”"),
        "offer_field.back": _("%(who)s lets the detail “%(thing)s” be asked again"),
        "offer_field.changed": _("%(who)s changed the detail “%(thing)s”"),
        "offer_field.deleted": _("%(who)s deleted the detail “%(thing)s”"),
        "offer_field.moved": _("%(who)s moved the detail “%(thing)s”"),
        "offer_field.retired": _("%(who)s retired the detail “%(thing)s”"),
        "offer_fields.left_out": _("%(who)s changed which usual details are asked"),
        "quality.goals": _("%(who)s changed the goals of quality"),
        "quality.link_accepted": _("%(who)s called a link in order"),
        "quality.link_again": _("%(who)s had a link checked again"),
        "quality.pair_different": _("%(who)s called a pair different"),
        "quality.pair_kept": _("%(who)s kept “%(thing)s” of two alike"),
        "quality.remind": _("%(who)s reminded providers"),
        "transfer": _("%(who)s gave “%(thing)s” to another provider"),
        "vocabulary.added": _("%(who)s added “%(thing)s” to the lists"),
        "vocabulary.brought_back": _("%(who)s brought “%(thing)s” back into the lists"),
        "vocabulary.changed": _("%(who)s changed “%(thing)s” in the lists"),
        "vocabulary.deleted": _("%(who)s deleted “%(thing)s” from the lists"),
        "vocabulary.merged": _("%(who)s merged entries into “%(thing)s”"),
        "vocabulary.moved": _("%(who)s moved “%(thing)s” in the lists"),
        "vocabulary.outlines": _("%(who)s read in outlines of districts"),
        "vocabulary.retired": _("%(who)s retired “%(thing)s”"),
        "vocabulary.table": _("%(who)s read in a table of the lists"),
        "work.assign": _("%(who)s gave a task to somebody"),
        "work.note": _("%(who)s made a note on a task"),
        "work.unwatch": _("%(who)s no longer watches a task"),
        "work.watch": _("%(who)s watches a task"),
    }
)
