"""What a page says, for tests that read it."""

import re


def shown(client, where, *, status=200):
    """Return the page of an address or a row. It must answer: an error page lacks everything."""
    address = where if isinstance(where, str) else where.get_absolute_url()
    answer = client.get(address)
    assert answer.status_code == status, f"{address} answered {answer.status_code}"
    return answer.content.decode()


def words(html):
    """Return the text of a page without tags and extra white space."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
