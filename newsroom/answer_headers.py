"""What browsers are told with every answer, besides what Django's own middleware says."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# No page of ours asks for any of these, so nothing that gets into a page can. Features that not
# every browser knows are left out: it would complain in its console on each page.
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED)


def add_answer_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add Permissions-Policy and Cross-Origin-Resource-Policy. The first middleware of all."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Readers of feeds and social networks show our pictures on pages of their own.
        is_picture = request.path.startswith((settings.MEDIA_URL, "/cards/"))
        policy = "cross-origin" if is_picture else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        return response

    return middleware
