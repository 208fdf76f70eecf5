"""What each figure of demand counts: first what is counted, then what is not."""

from django.utils.translation import gettext_lazy as _

from portal.planning.definitions import define

_ROUND = _(
    "Numbers of what people did are rounded down to fives, in each third of a month, month, quarter and year by "
    "itself; under five nothing is told. So no number and no difference of two numbers is a single person, and parts "
    "may add up to less than the whole."
)
ROUNDED = define("gerundet", _("Rounded figures"), _ROUND, order=200)
SEARCHES = define(
    "suchen",
    _("Searches"),
    _(
        "Counted is each search by somebody without an account, with words or with a filter. Leafing, sorting, another "
        "view, one more filter and going back count as the same search; suggestions and programs do not count."
    ),
    order=210,
)
WORDS = define(
    "suchwoerter",
    _("Search words"),
    _(
        "Counted is how often the same words were searched for. Words that mean the same (forms of a word, the "
        "synonyms of the search) are put together, each spelling only if it was searched often enough by itself. Mail "
        "addresses, telephone numbers, long numbers and streets with a house number are never kept."
    ),
    order=220,
)
NOTHING = define(
    "ohne-treffer",
    _("Without a result"),
    _(
        "Counted are searches that found no offer at all at that moment. Searches from before this was counted, and "
        "those taken over from another portal, do not count."
    ),
    order=230,
)
FILTERS = define(
    "filter",
    _("Filters used"),
    _(
        "Counted is how often a filter was newly set in a search, once for each search whatever its value, and for "
        "each value by itself. Whoever sets two values counts once in the line of the filter and in both of its "
        "values. Where two districts or target groups became one, both are counted as that one."
    ),
    order=240,
)
TOPICS = define(
    "gesuchte-themen",
    _("Topics sought"),
    _(
        "Counted is how often a topic, or one below it, was chosen in a search; whoever chooses two counts twice in "
        "the topic above them. Where two topics became one, both are counted as that one."
    ),
    order=250,
)
VIEWS = define(
    "aufrufe",
    _("Views of offers"),
    _(
        "Counted is how often the page of an offer was opened by somebody without an account; programs do not count. "
        "An offer with two topics or in two districts counts in both; what it is about is what it said when each third "
        "of a month, month, quarter or year was over."
    ),
    order=260,
)
CONTACTS = define(
    "kontakte",
    _("Contacts"),
    _(
        "Counted is how often somebody pressed a telephone number, a mail address, a website or “Register” on the page "
        "of an offer, or opened its contact form. Whether a conversation came of it, nobody knows."
    ),
    order=270,
)
ACTS = define(
    "taten",
    _("Remembered, taken along, passed on"),
    _(
        "Counted is how often somebody pressed the heart, took dates into a calendar, looked up the way there, or "
        "passed an offer on. Taking the heart off again is not subtracted."
    ),
    order=280,
)
TODAY = define(
    "angebote-heute",
    _("Offers today"),
    _("Counted is what the search shows today for this topic or district, with everything below it."),
    order=290,
)
