"""Make, find and revoke the links that show a draft to somebody outside the newsroom."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.db import transaction

from articles.models import Act, Article, PreviewLink
from web.words import long_time

TOKEN_BYTES = 32
# How long a link may work, in hours, and what a form says of it; the second is the usual.
LASTS = {24: "24 hours", 48: "48 hours", 7 * 24: "7 days"}
USUAL = 48


class NotShared(Exception):
    """No link was made; the message is for the editor."""


def make_link(
    article: Article,
    *,
    page: str,
    posts: Iterable[int],
    by: User | None,
    at: datetime,
    hours: int = USUAL,
    form: str = "",
) -> tuple[PreviewLink, str]:
    """Return a link that shows this page, which was made of `article`, and its token.

    Nobody can be told the token again, except by the form of `sign_token` that asked for it: sent
    twice, it has one link. Raises NotShared.
    """
    if article.embargo_until is not None and article.is_embargoed(at):
        message = f"The article is under embargo until {long_time(article.embargo_until)}."
        raise NotShared(message)
    token = _token_in(form, article) or secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        # An erasure locks the article too: what it empties is not kept here after it.
        now = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if form and (made := PreviewLink.objects.filter(token_hash=hash_of(token)).first()):
            return _still_open(made, at=at), token
        if (now.updated_at, now.status) != (article.updated_at, article.status):
            message = "Somebody saved this draft a moment ago. Look at it, then make the link."
            raise NotShared(message)
        link = PreviewLink.objects.create(
            article=article,
            token_hash=hash_of(token),
            headline=article.headline,
            language=article.language,
            page=page,
            posts=sorted(set(posts)),
            saved_at=article.updated_at,
            made_by=by,
            made_at=at,
            expires_at=at + timedelta(hours=hours),
        )
        _record(link, Act.Verb.SHARE, by=by, at=at)
    return link, token


def sign_token(article: Article) -> str:
    """Return what a form holds of the link that it will make."""
    return _signer(article).sign(secrets.token_urlsafe(TOKEN_BYTES))


def _token_in(form: str, article: Article) -> str:
    if not form:
        return ""
    try:
        return _signer(article).unsign(form)
    except BadSignature as error:
        message = "This form is out of date. Make the link from the form below."
        raise NotShared(message) from error


def _signer(article: Article) -> Signer:
    # Nobody chooses the token, and no article has that of another.
    return Signer(salt=f"preview-link-{article.pk}")


def _still_open(link: PreviewLink, *, at: datetime) -> PreviewLink:
    if not link.is_open(at):
        message = "The link of this form has ended. Make another from the form below."
        raise NotShared(message)
    return link


def find_link(token: str, *, at: datetime) -> PreviewLink | None:
    """Return the link of a token while it works. One query, whatever is asked for."""
    return PreviewLink.objects.open(at).filter(token_hash=hash_of(token)).first()


def revoke_link(link: PreviewLink, *, by: User, at: datetime) -> bool:
    """End a link and empty what it showed; return False where it had ended already."""
    with transaction.atomic():
        rows = PreviewLink.objects.filter(pk=link.pk, revoked_at=None, expires_at__gt=at)
        is_ended = bool(rows.update(revoked_at=at, page="", headline=""))
        if is_ended:
            _record(link, Act.Verb.UNSHARE, by=by, at=at)
    return is_ended


def _record(link: PreviewLink, verb: Act.Verb, *, by: User | None, at: datetime) -> None:
    Act.objects.create(
        article=link.article, headline=link.article.headline, verb=verb, by=by, at=at
    )


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is too long to be guessed, so that it needs no salt."""
    return sha256(token.encode()).hexdigest()
