"""E-mail to those who wait for a publication that did not happen."""

from datetime import datetime

from django.urls import reverse

from articles.models import Schedule
from mail import sending
from web.addresses import absolute
from web.words import long_time


def tell_of_stop(schedule: Schedule, *, problem: str, at: datetime) -> None:
    """Have an e-mail sent to who scheduled an article and to who began it; once to one person.

    Nothing where the site has no mail server: the desk's first page tells it too.
    """
    people = {
        person.email: person
        for person in (schedule.by, schedule.article.created_by)
        if person is not None and person.is_active and person.email
    }
    what = "The update of an article" if schedule.kind else "An article"
    page = absolute(reverse("admin:articles_article_change", args=[schedule.article_id]))
    text = (
        f"{what} that was scheduled for {long_time(schedule.due_at)} did not go out.\n\n"
        f"{problem}\n\n"
        f"Nothing public has changed, and its text is at the desk: {page}\n"
    )
    for address in people:
        try:
            sending.ask(address, subject=f"{what} did not go out", text=text, at=at)
        except sending.NoMailServer:
            return
