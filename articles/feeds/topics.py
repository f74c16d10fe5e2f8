"""Which topics readers may know of: those that something public carries, or did until lately."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import Http404

from articles.feeds.of_articles import withdrawn_from
from articles.models import Listing, Topic, find_by_slug


def find_topic(slug: str, *, at: datetime) -> Topic:
    """Return the topic whose slug it is, or was last. Raises Http404.

    Also where the desk has the topic and nothing public ever carried it: its name could tell what
    is still under embargo. One query as a rule; three where no article is listed under it, for then
    a withdrawal of the last weeks may be.
    """
    is_listed = Exists(Listing.objects.filter(topic=OuterRef("pk")))
    topic = find_by_slug(Topic.objects.annotate(is_listed=is_listed), slug)
    if topic.is_listed or withdrawn_from(topic, "topics", at=at):  # type: ignore[attr-defined]  # annotated
        return topic
    message = "Nothing public has this topic."
    raise Http404(message)
