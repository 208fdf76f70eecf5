"""What is compared: first what is counted, then what is not."""

from django.utils.translation import gettext_lazy as _

from portal.planning.definitions import Definition, define

COMPARED = define(
    "vergleich",
    _("Comparison with one’s own past"),
    _(
        "Each figure is counted in the same way for the period, for as many days just before it, and for the same days "
        "a year before, whole months as a whole. What people sought is told in whole thirds of months that are over, "
        "rounded down to fives; where not all of a time can be told there is a dash, and also for what was not counted "
        "yet."
    ),
    order=300,
)
GROUP = define(
    "vergleichsgruppe",
    _("Median of the group"),
    _(
        "Half of the municipalities of your group lie above the median, half below; it is rounded to two digits. It is "
        "made of the figures of the last night of a month, of municipalities that agreed, were counted then and have "
        "inhabitants, an offer and a provider: of six at least, else nothing is told. Who is in it is "
        "decided once a month, and so that no difference of two months tells of a single one."
    ),
    order=310,
)
# By the names of `comparison.figures.FIGURES`.
FIGURES: dict[str, Definition] = {
    "offers": define(
        "vergleich-angebote",
        _("Public offers at the end of the month"),
        _("Counted is each offer that residents find on the last night of the month and that is not over."),
        order=320,
    ),
    "providers": define(
        "vergleich-anbieter",
        _("Organisations at the end of the month"),
        _("Counted is each organisation with a profile in the portal, whether it offers something or not."),
        order=330,
    ),
    "offers_per_thousand": define(
        "vergleich-je-tausend",
        _("Public offers per 1,000 inhabitants"),
        _("Public offers of that night, divided by the inhabitants of the whole municipality, times 1,000."),
        order=340,
    ),
    "offers_per_provider": define(
        "vergleich-je-anbieter",
        _("Public offers per organisation"),
        _("Public offers of that night, divided by the organisations with a profile."),
        order=350,
    ),
    "free_share": define(
        "vergleich-kostenfrei",
        _("Free of charge, in percent"),
        _("Of a hundred public offers of that night so many say that they are free of charge."),
        order=360,
    ),
    "accessible_share": define(
        "vergleich-barrierefrei",
        _("Barrier-free, in percent"),
        _("Of a hundred public offers of that night so many say that they are barrier-free; “partly” does not count."),
        order=370,
    ),
}
