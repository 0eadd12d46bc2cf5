"""What a hall's screens look like: one layout for each place where a screen hangs, checked as a whole."""

import json
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from queue_server.store.unit_of_work import UnitOfWork

#: The board that a screen shows when its address names none.
MAIN = "main"
#: A layout is in every snapshot of the news, so it stays small: the most bytes it may have as JSON.
LARGEST = 12_000

#: Any text but control characters: it is drawn, never read as markup.
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


def _text(longest: int, shortest: int = 0) -> Any:
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest, pattern=_PRINTABLE)


Name = Annotated[str, StringConstraints(pattern="^[a-z0-9-]{1,16}$")]
ZoneCode = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9-]{1,16}$")]
Letter = Annotated[str, StringConstraints(pattern="^[A-Z]$")]
#: A window's code, or the name of an area as its windows have it.
Place = Annotated[str, _text(20, 1)]
#: As long as two lines of an upright screen.
Sentence = Annotated[str, _text(80, 1)]
SentenceInEnglish = Annotated[str, _text(150)]
#: An address that is printed as a QR code: never a script.
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x20\x22'<>\\]+$", max_length=200)]
#: A file in the folder ``media`` of HALL_DATA; the ending says what it is.
PICTURES, FILMS = "png|jpg|jpeg|webp|gif", "mp4|webm"
_FILE = r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,60}\."
Picture = Annotated[str, StringConstraints(pattern=f"{_FILE}({PICTURES})$")]
Film = Annotated[str, StringConstraints(pattern=f"{_FILE}({FILMS})$")]
#: The names that the folder's files are served under. A drawing may carry a script, so there are none.
MEDIA = re.compile(f"{_FILE}({PICTURES}|{FILMS})$")
Seconds = Annotated[int, Field(ge=5, le=600)]
Direction = Literal["left", "right", "ahead", "behind", "up", "down", "left_ahead", "right_ahead"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Notice(Part):
    """One sentence at the foot of the board."""

    text: Sentence
    text_en: SentenceInEnglish = ""


class PictureShown(Part):
    kind: Literal["image"]
    file: Picture
    text: Annotated[str, _text(80)] = ""
    text_en: SentenceInEnglish = ""
    seconds: Seconds = 15


class FilmShown(Part):
    """A film runs to its end, without sound."""

    kind: Literal["video"]
    file: Film
    text: Annotated[str, _text(80)] = ""
    text_en: SentenceInEnglish = ""


class TextShown(Part):
    kind: Literal["text"]
    text: Sentence
    text_en: SentenceInEnglish = ""
    seconds: Seconds = 15


Shown = Annotated[PictureShown | FilmShown | TextShown, Field(discriminator="kind")]


class Code(Part):
    """A QR code: the hall's public page for citizens."""

    url: Address
    text: Annotated[str, _text(20)] = ""
    text_en: Annotated[str, _text(40)] = ""


class Way(Part):
    """Where a window or an area is, as seen from in front of this screen."""

    direction: Direction | None = None
    floor: Annotated[str, _text(6)] = ""


class Board(Part):
    theme: Literal["deep", "light", "contrast"] = "deep"
    #: Size of the lists' text, in percent.
    scale: Annotated[int, Field(ge=85, le=115)] = 100
    #: Columns of the list of calls on a screen that is wider than high.
    columns: Literal[1, 2] = 2
    listed: Annotated[int, Field(ge=4, le=12)] = 8
    #: Whose calls it shows; empty for the whole hall. The address's ``?zone=`` goes before it.
    zones: Annotated[list[ZoneCode], Field(max_length=16)] = []
    lines: Annotated[list[Letter], Field(max_length=19)] = []
    waiting: bool = True
    #: Whether the list of who waits has the column of promised times.
    promise: bool = True
    second: Literal["zh-CN", "en"] | None = None
    notices: Annotated[list[Notice], Field(max_length=10)] = []
    #: Whether the product's own three sentences come after the hall's notices.
    house_notices: bool = True
    media: Annotated[list[Shown], Field(max_length=12)] = []
    qr: Code | None = None
    places: Annotated[dict[Place, Way], Field(max_length=60)] = {}


def _with_main(boards: dict[str, Board]) -> dict[str, Board]:
    if MAIN not in boards:
        raise ValueError(f"the board {MAIN} is missing")
    return boards


class Layout(Part):
    """Everything about a hall's screens. A field that is not given has its default."""

    boards: Annotated[dict[Name, Board], Field(max_length=12), AfterValidator(_with_main)] = {MAIN: Board()}
    #: What a window's display says of the clerk. Names are on no public screen unless the hall decides so.
    clerk: Literal["hidden", "name"] = "hidden"

    @model_validator(mode="after")
    def is_small(self) -> "Layout":
        if len(json.dumps(self.stored(), ensure_ascii=False).encode()) > LARGEST:
            raise ValueError(f"larger than {LARGEST} bytes")
        return self

    def stored(self) -> dict[str, Any]:
        """With its defaults left out: all that is stored and sent."""
        return self.model_dump(exclude_defaults=True)


class BadLayout(Exception):
    """The text does not describe a layout; the message says where."""


def read(text: str) -> Layout:
    """A layout from a file's text. Raises BadLayout with the first thing that is wrong and its place."""
    try:
        return Layout.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadLayout(f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from None


def written(layout: Layout) -> str:
    """The whole layout as a file, with the defaults, so that one sees what may be changed."""
    return json.dumps(layout.model_dump(), ensure_ascii=False, indent=2) + "\n"


def of(stored: dict[str, Any] | None) -> Layout:
    """A hall's layout. What an older or newer release stored and this one does not understand is the default."""
    try:
        return Layout.model_validate(stored or {})
    except ValidationError:
        return Layout()


def put(uow: UnitOfWork, layout: Layout) -> dict[str, Any]:
    """Replace the hall's layout; every screen learns it with the news. Without a difference nothing is recorded.

    Refuses lines that are not there: a screen that waits for them would stay empty.
    """
    for letter in sorted({letter for board in layout.boards.values() for letter in board.lines}):
        uow.line(letter)
    hall = uow.hall()
    stored = layout.stored() or None
    if stored != hall.layout:
        hall.layout = stored
        uow.record("hall.layout_changed", hall, day=uow.latest_day())
    return {"layout": layout.model_dump()}
