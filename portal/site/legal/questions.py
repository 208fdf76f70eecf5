"""What the law wants said, as questions: each with the rule that asks for it.

The references are proper names and German in every language. DDG: Digitale-Dienste-Gesetz; MStV: Medienstaatsvertrag;
DSA: Regulation (EU) 2022/2065. The platform for settling disputes online (Regulation (EU) 524/2013) was closed on 20
July 2025: a link to it, which many imprints still have, is wrong today and stands nowhere here.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Type(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    DAYS = "days"
    LAND = "land"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Question:
    """One. `law` is the rule that demands the answer; without one it may stay empty."""

    name: str
    label: Words
    law: str = ""
    type: Type = Type.LINE
    help: Words = ""
    usual: str = ""

    @property
    def demanded(self) -> bool:
        return bool(self.law)


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that belong together."""

    title: Words
    questions: tuple[Question, ...]


_MORE = Question(
    "more",
    _("More in your own words"),
    type=Type.TEXT,
    help=_("Stands at the end of the page. An empty line makes a paragraph."),
)


def _address(law: str) -> tuple[Question, ...]:
    return (
        Question("body", _("Name of the municipality"), law, help=_("For example: Stadt Musterstadt")),
        Question(
            "street",
            _("Street and number"),
            law,
            help=_("No post office box: the law wants a place where somebody can be met."),
        ),
        Question("postcode", _("Postcode"), law, Type.POSTCODE),
        Question("city", _("Town"), law),
    )


IMPRINT = (
    Part(
        _("Who runs the portal"),
        (
            *_address("§ 5 Abs. 1 Nr. 1 DDG"),
            Question("form", _("Legal form"), "§ 5 Abs. 1 Nr. 1 DDG", usual="Körperschaft des öffentlichen Rechts"),
            Question(
                "represented",
                _("Who represents it"),
                "§ 5 Abs. 1 Nr. 1 DDG",
                help=_("Office and name, for example: Oberbürgermeisterin Dr. Eva Muster"),
            ),
        ),
    ),
    Part(
        _("How to reach you"),
        (
            Question("email", _("E-mail address"), "§ 5 Abs. 1 Nr. 2 DDG", Type.EMAIL),
            Question(
                "phone",
                _("Telephone"),
                "§ 5 Abs. 1 Nr. 2 DDG",
                Type.PHONE,
                help=_("The law wants a second quick way besides e-mail."),
            ),
            Question(
                "dsa_email",
                _("E-mail address for authorities and users"),
                "Art. 11 und 12 DSA",
                Type.EMAIL,
                help=_("Where reports of unlawful content arrive. It may be the same address."),
            ),
            Question("dsa_languages", _("Languages you answer in"), "Art. 11 Abs. 3 DSA", usual="Deutsch"),
        ),
    ),
    Part(
        _("Who answers for the content"),
        (
            Question(
                "responsible",
                _("Name of the person"),
                "§ 18 Abs. 2 MStV",
                help=_("A person, not an office: first and last name, for example of the head of the press office."),
            ),
            Question(
                "responsible_address",
                _("Their address, where it is another one"),
                type=Type.TEXT,
                help=_("Leave empty if it is the address above."),
            ),
        ),
    ),
    Part(
        _("Where it applies"),
        (
            Question(
                "supervision",
                _("Supervisory authority"),
                help=_("Where what you do here needs a permission (§ 5 Abs. 1 Nr. 3 DDG)"),
            ),
            Question(
                "register", _("Register and number"), help=_("Where you stand in a register (§ 5 Abs. 1 Nr. 4 DDG)")
            ),
            Question(
                "vat", _("VAT or business identification number"), help=_("If you have one (§ 5 Abs. 1 Nr. 6 DDG)")
            ),
            Question("pictures", _("Credits of pictures"), type=Type.TEXT),
            _MORE,
        ),
    ),
)

PRIVACY = (
    Part(
        _("Who is responsible"),
        (
            *_address("Art. 13 Abs. 1 Buchst. a DSGVO"),
            Question("email", _("E-mail address"), "Art. 13 Abs. 1 Buchst. a DSGVO", Type.EMAIL),
            Question("phone", _("Telephone"), type=Type.PHONE),
        ),
    ),
    Part(
        _("Data protection officer"),
        (
            Question("officer", _("Name or office"), help=_("The name may be left out; how to reach them may not.")),
            Question("officer_email", _("E-mail address"), "Art. 13 Abs. 1 Buchst. b DSGVO", Type.EMAIL),
            Question("officer_address", _("Address and telephone, where they are others"), type=Type.TEXT),
        ),
    ),
    Part(
        _("Law and supervision"),
        (
            Question(
                "land",
                _("Federal state"),
                "Art. 13 Abs. 2 Buchst. d DSGVO",
                Type.LAND,
                help=_("It tells the authority for complaints and the law of your state. Please have both checked."),
            ),
            Question(
                "basis",
                _("Legal basis, where it is another one"),
                help=_("Leave empty for Article 6 (1) (e) GDPR with the law of your state."),
            ),
        ),
    ),
    Part(
        _("Who receives data, and for how long"),
        (
            Question(
                "host",
                _("Who runs the server"),
                "Art. 13 Abs. 1 Buchst. e DSGVO",
                help=_("Company and town, for example: Rechenzentrum Muster GmbH, Saarbrücken"),
            ),
            Question(
                "log_days",
                _("Days that logs of the server are kept"),
                "Art. 13 Abs. 2 Buchst. a DSGVO",
                Type.DAYS,
                help=_("Ask whoever runs the server; seven days are usual."),
            ),
            Question("mail_service", _("Who sends the mails"), help=_("Leave empty if it is who runs the server.")),
            Question("translation", _("Service for machine translation"), help=_("Leave empty if you use none.")),
            Question(
                "abroad",
                _("Transfers outside of the European Union"),
                type=Type.TEXT,
                help=_("Leave empty if there are none. Otherwise: to whom, to which country, by which guarantee."),
            ),
            _MORE,
        ),
    ),
)

TERMS = (
    Part(
        _("Whose terms these are"),
        (
            Question("body", _("Name of the municipality"), "Art. 14 Abs. 1 DSA"),
            Question("portal", _("Name of the portal"), "Art. 14 Abs. 1 DSA"),
            Question(
                "email", _("E-mail address for questions and complaints"), "Art. 14 Abs. 1 und Art. 12 DSA", Type.EMAIL
            ),
            Question(
                "valid_from",
                _("Valid from"),
                "§ 305 Abs. 2 BGB",
                Type.DATE,
                help=_("The day these terms begin to apply."),
            ),
        ),
    ),
    Part(
        _("What is allowed"),
        (
            Question(
                "who",
                _("Who may publish offers"),
                "Art. 14 Abs. 1 DSA",
                Type.TEXT,
                usual="Vereine, Verbände, Bildungseinrichtungen, Beratungsstellen, Kirchen, Unternehmen und Behörden,"
                " die Angebote für die Menschen in unserer Stadt machen.",
            ),
            Question(
                "forbidden",
                _("What is not published"),
                "Art. 14 Abs. 1 DSA",
                Type.TEXT,
                usual="Rechtswidrige Inhalte, Inhalte, die Menschen herabsetzen oder ausschließen, Werbung für"
                " Parteien,"
                " reine Produktwerbung und Angebote ohne Bezug zu unserer Stadt.",
            ),
            Question(
                "licence",
                _("What you may do with texts and pictures"),
                type=Type.TEXT,
                usual="Anbieter erlauben uns, ihre Texte und Bilder kostenlos im Portal, in seinen Schnittstellen"
                " und in"
                " gedruckten Programmen zu zeigen, zu kürzen und zu übersetzen, solange das Angebot veröffentlicht"
                " ist.",
            ),
            _MORE,
        ),
    ),
)
