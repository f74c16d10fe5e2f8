"""Make drafts of the posts of a Ghost export."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from articles.management.drafting import DraftingCommand
from articles.moving.foreign import ForeignArticle
from articles.moving.ghost import read_ghost


class Command(DraftingCommand):
    help = (
        "Make drafts of the posts of a Ghost export (Settings, Export), with authors, pictures and"
        " former addresses, which lead to an article once it is published. Pages are left out. A run"
        " can be repeated: what is here already is not added again. Exit status: 0; 1 where the file"
        " cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--site", required=True, metavar="URL", help="the address that the blog had"
        )

    def read(self, file: Path, **options: Any) -> Iterable[ForeignArticle]:
        return read_ghost(file, site=options["site"])
