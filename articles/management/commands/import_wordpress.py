"""Make drafts of the posts of a WordPress export."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from articles.management.drafting import DraftingCommand
from articles.moving.foreign import ForeignArticle
from articles.moving.wordpress import read_articles, read_blog
from web.words import count_of


class Command(DraftingCommand):
    help = (
        "Make drafts of the posts of a WordPress export (Tools, Export, All content), with authors,"
        " pictures and former addresses, which lead to an article once it is published. The file is"
        " read to its end before anything is stored; it may be of any size. Pages, comments and"
        " what is in the trash are left out. A run can be repeated: what is here already is not"
        " added again. Exit status: 0; 1 where the file cannot be read."
    )

    def read(self, file: Path, **options: Any) -> Iterable[ForeignArticle]:
        blog = read_blog(file)
        if options["verbosity"] > 1:
            self.stdout.write(
                f"{count_of(blog.articles, 'post')}, {count_of(len(blog.pictures), 'picture')};"
                f" {count_of(blog.others, 'page')} left out."
            )
        return read_articles(file, blog)
