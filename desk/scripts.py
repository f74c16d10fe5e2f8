"""What the scripts of the desk's pages ask, as against a person's browser."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Return whether a script asks, which reads JSON and can show no page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
