"""Hand a draft to the editors, and hand it back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Act, Article, Review
from articles.publishing.on_record import allow, log, noted
from articles.publishing.refusals import NotAllowed, WrongState
from articles.publishing.releasing import locked_article


def submit(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    to: User | None = None,
    comment: str = "",
) -> None:
    """Hand a draft to the editors, or to one of them. Raises NotAllowed or WrongState."""
    allow(by, "articles.submit_article", "submit an article")
    if to is not None and not (to.is_active and to.has_perm("articles.publish_article")):
        message = f"{to.get_username()} may not publish; choose another editor."
        raise NotAllowed(message)
    with transaction.atomic():
        locked = locked_article(article)
        if locked.status != Article.Status.DRAFT:
            message = (
                f"Only a draft can be submitted; this one is {locked.get_status_display().lower()}."
            )
            raise WrongState(message)
        locked.status = Article.Status.REVIEW
        locked.save(update_fields=["status", "updated_at"])
        # One that was answered by publishing or scheduling it may still be open.
        Review.objects.of_article(locked).answer(by=by, at=at)
        Review.objects.create(article=locked, by=by, to=to, comment=comment.strip(), asked_at=at)
        log(locked, Act.Verb.SUBMIT, by=by, at=at)
    article.refresh_from_db(fields=["status", "updated_at"])


def send_back(article: Article, *, by: User | None, at: datetime, comment: str) -> None:
    """Hand an article in review back to its writer, with the changes that are asked for.

    Raises NotAllowed, NoteMissing or WrongState.
    """
    allow(by, "articles.publish_article", "send an article back")
    comment = noted(comment, "Sending it back", "what should change")
    with transaction.atomic():
        locked = locked_article(article)
        if locked.status != Article.Status.REVIEW:
            state = locked.get_status_display().lower()
            message = f"Only an article in review can be sent back; this one is {state}."
            raise WrongState(message)
        locked.status = Article.Status.DRAFT
        locked.save(update_fields=["status", "updated_at"])
        reviews = Review.objects.of_article(locked)
        if not reviews.answer(by=by, at=at, is_returned=True, answer=comment):
            # It was submitted before reviews were kept.
            Review.objects.create(
                article=locked,
                by=locked.created_by,
                asked_at=at,
                answered_at=at,
                answered_by=by,
                is_returned=True,
                answer=comment,
            )
        log(locked, Act.Verb.RETURN, by=by, at=at)
    article.refresh_from_db(fields=["status", "updated_at"])
