"""The kinds of blocks, in the order in which editors are offered them."""

from django.utils.translation import gettext_lazy as _

from portal.pages.shapes import TEXT, Field, Kind, Shape, register

# How one joins a network.
OPEN, REQUEST = "offen", "anfrage"
TITLE = Field("title", _("Heading"), heading=2)
INTRO = Field("text", _("Text above"), Shape.LINES, most=1000)
PICTURE = Field("picture", _("Picture"), Shape.PICTURE, required=True)
ALT = Field(
    "alt",
    _("Description of the picture"),
    most=300,
    help=_("For people who cannot see it: what is to be seen, in one sentence."),
    aside=True,
)
PLAIN = Field("plain", _("The picture is only decoration and needs no description"), Shape.FLAG)
CREDIT = Field(
    "credit",
    _("Who made the picture"),
    required=True,
    proper=True,
    aside=True,
    help=_("For example: Photo: Maria Muster"),
)
PROVIDER = Field(
    "provider",
    _("Provider"),
    Shape.PROVIDER,
    required=True,
    help=_("Type the first letters and choose from the list."),
)
PICTURE_FIELDS = (PICTURE, ALT, PLAIN, CREDIT)

register(
    Kind(
        TEXT,
        _("Text"),
        _("Paragraphs with headings, lists and links."),
        "file",
        (TITLE, Field("html", _("Text"), Shape.MARKUP, required=True)),
        order=1,
    )
)
register(
    Kind(
        "image",
        _("Picture"),
        _("A large picture with a line below."),
        "image",
        (*PICTURE_FIELDS, Field("caption", _("Line below the picture"), most=300)),
        order=2,
    )
)
register(
    Kind(
        "gallery",
        _("Row of pictures"),
        _("Several pictures beside each other."),
        "art",
        (TITLE,),
        (*PICTURE_FIELDS, Field("caption", _("Line below the picture"), most=300)),
        _("Picture"),
        24,
        order=3,
    )
)
register(
    Kind(
        "tiles",
        _("Tiles"),
        _("Boxes that lead on to other pages."),
        "list",
        (TITLE, INTRO),
        (
            Field("title", _("Title"), required=True, most=120, heading=3),
            Field("text", _("Text"), Shape.LINES, most=300),
            Field("link", _("Link"), Shape.LINK, required=True, help=_("/kontakt/ or https://www.example.org/")),
            Field("picture", _("Picture"), Shape.PICTURE),
            Field("credit", _("Who made the picture"), proper=True, aside=True),
        ),
        _("Tile"),
        12,
        order=4,
    )
)
register(
    Kind(
        "offers",
        _("Offers of a search"),
        _("What a search of the portal finds at the moment, always up to date."),
        "filter",
        (
            TITLE,
            INTRO,
            Field(
                "search",
                _("Address of the search"),
                Shape.SEARCH,
                required=True,
                most=2000,
                help=_("Search on the portal until the right offers stand there, then copy the address of that page."),
            ),
            Field(
                "number",
                _("How many at most?"),
                Shape.CHOICE,
                choices=(("3", "3"), ("6", "6"), ("9", "9"), ("12", "12")),
            ),
        ),
        most=6,
        order=5,
    )
)
register(
    Kind(
        "providers",
        _("Providers"),
        _("Chosen organisations with their logo."),
        "building",
        (TITLE, INTRO),
        (PROVIDER,),
        _("Provider"),
        24,
        order=6,
    )
)
register(
    Kind(
        "contact",
        _("Contact"),
        _("Whom to ask: from the profile of a provider, or written here."),
        "phone",
        (
            TITLE,
            Field(
                "provider",
                _("Provider"),
                Shape.PROVIDER,
                help=_("Address, telephone and opening hours come from its profile. Leave empty to write them here."),
            ),
            Field("name", _("Name"), proper=True),
            Field("role", _("Task or office")),
            Field("phone", _("Telephone"), Shape.PHONE),
            Field("email", _("E-mail"), Shape.EMAIL),
            Field("hours", _("When to reach"), Shape.LINES, most=500),
        ),
        order=7,
    )
)
register(
    Kind(
        "download",
        _("Files"),
        _("Forms and leaflets to download."),
        "download",
        (TITLE, INTRO),
        (
            Field("document", _("File"), Shape.DOCUMENT, required=True),
            Field("label", _("What it is"), required=True, help=_("For example: Application for the free ticket")),
        ),
        _("File"),
        20,
        order=8,
    )
)
register(
    Kind(
        "video",
        _("Video on a click"),
        _("Opens at the other website only when somebody wants it."),
        "media",
        (
            Field("title", _("What is to be seen"), required=True, heading=2),
            Field("text", _("Text"), Shape.LINES, most=1000),
            Field("link", _("Address of the video"), Shape.LINK, required=True, help=_("It begins with https://")),
        ),
        order=9,
    )
)
register(
    Kind(
        "quote",
        _("Quotation"),
        _("What somebody said."),
        "volunteer",
        (
            Field("text", _("Words"), Shape.LINES, required=True, most=1000),
            Field("name", _("Who said it"), required=True, proper=True),
            Field("role", _("Who that is"), help=_("For example: visits the language café")),
        ),
        order=10,
    )
)
register(
    Kind(
        "questions",
        _("Questions and answers"),
        _("Questions that open on a click."),
        "question",
        (TITLE,),
        (
            Field("question", _("Question"), required=True, most=300, heading=3),
            Field("answer", _("Answer"), Shape.MARKUP, required=True),
        ),
        _("Question"),
        40,
        order=11,
    )
)
register(
    Kind(
        "map",
        _("Map"),
        _("Places with their way there."),
        "map",
        (TITLE, INTRO),
        (
            Field("name", _("Name of the place"), required=True, proper=True),
            Field("address", _("Street and town"), proper=True),
            Field(
                "place",
                _("Where on the map?"),
                Shape.PLACE,
                required=True,
                help=_("A postcode, district or town; or latitude and longitude, for example 49.2354, 6.9969"),
            ),
        ),
        _("Place"),
        20,
        order=12,
    )
)
register(
    Kind(
        "network",
        _("Network of professionals"),
        _("Who works together, and who coordinates it."),
        "users",
        (
            Field("title", _("Name of the network"), required=True, heading=2),
            Field("html", _("What it is about"), Shape.MARKUP),
            Field("name", _("Who coordinates it"), required=True, proper=True),
            Field("role", _("Task or office")),
            Field("phone", _("Telephone"), Shape.PHONE),
            Field("email", _("E-mail"), Shape.EMAIL),
            Field("link", _("Website"), Shape.LINK),
            Field(
                "join",
                _("How does one join?"),
                Shape.CHOICE,
                choices=((OPEN, _("open to everybody")), (REQUEST, _("on request"))),
                help=_("Then the network has a form that writes to its e-mail address; without one, to the editors."),
                blank=_("not on the portal"),
            ),
            Field(
                "mailing",
                _("Its newsletter"),
                Shape.LINK,
                help=_("The address of a newsletter of the portal, for example /newsletter/fruehe-hilfen/"),
            ),
        ),
        (PROVIDER,),
        _("Member"),
        60,
        order=13,
    )
)
