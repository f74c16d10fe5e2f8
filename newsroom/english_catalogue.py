"""Write the English catalogue, in which every string of readers' pages is its own translation.

Without it Django asks the catalogues of all apps for a string, twice each, before it takes the string
itself: for each string of each page. `make messages` runs this: python -m newsroom.english_catalogue.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"
# Any that is whole will do: a test compares each with what the pages mark.
OTHER = LOCALE / "de/LC_MESSAGES/django.po"
ENGLISH = LOCALE / "en/LC_MESSAGES/django.mo"


def in_english(other: Catalog) -> Catalog:
    """Return the catalogue of the same strings in which each stands for itself."""
    english = Catalog(
        locale="en",
        # Those of the other, so that the file is another only where a string is.
        creation_date=other.creation_date,
        revision_date=other.revision_date,
    )
    for message in other:
        if message.id:
            english.add(message.id, message.id, context=message.context)
    return english


def main() -> None:
    with OTHER.open("rb") as file:
        english = in_english(read_po(file))
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as compiled:
        write_mo(compiled, english)


if __name__ == "__main__":
    main()
