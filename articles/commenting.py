"""Comment on a passage of an article, mention a colleague, resolve."""

import re
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, Comment
from articles.models.comment import LONGEST_PASSAGE
from articles.models.frozen import WORDS

# As Django allows names of accounts, but that a full stop or comma after one ends the sentence.
MENTION = re.compile(r"(?<![\w@])@([\w.@+-]*[\w+-])")
MOST_MENTIONED = 20


class NotInText(Exception):
    """The passage does not stand in the saved article; the message is for who commented."""


def comment(article: Article, *, passage: str, text: str, by: User, at: datetime) -> Comment:
    """Store a comment on words of the saved article, and return it. Raises NotInText.

    People mentioned as @name see it on their first page until it is resolved.
    """
    passage = " ".join(passage.split())
    if len(passage) > LONGEST_PASSAGE:
        message = f"Choose at most {LONGEST_PASSAGE} characters of the text."
        raise NotInText(message)
    if not stands_in(article, passage):
        message = f"“{passage}” does not stand in the saved article. Save it first, or copy the words from it."
        raise NotInText(message)
    with transaction.atomic():
        row = Comment.objects.create(
            article=article, passage=passage, text=text.strip(), by=by, at=at
        )
        row.mentioned.set(mentioned_in(text))
    return row


def stands_in(article: Article, passage: str) -> bool:
    """Return whether words stand in one of the texts of the stored draft. No query."""
    wanted = " ".join(passage.split())
    return any(wanted in " ".join(getattr(article, name).split()) for name in WORDS)


def mentioned_in(text: str) -> list[User]:
    """Return the people at the desk whom a text mentions. One query, none without a mention."""
    names = list(dict.fromkeys(name.lower() for name in MENTION.findall(text)))[:MOST_MENTIONED]
    if not names:
        return []
    people = User.objects.filter(is_active=True, is_staff=True).order_by("pk")
    return [person for person in people if person.get_username().lower() in names]


def resolve(row: Comment, *, by: User, at: datetime) -> bool:
    """Resolve a comment; return False where somebody had done so. One query."""
    rows = Comment.objects.open().filter(pk=row.pk)
    return bool(rows.update(resolved_at=at, resolved_by=by))
