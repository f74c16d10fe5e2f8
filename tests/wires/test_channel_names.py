import pytest

from tests.wires.factories import make_channel, make_outlet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("platform", "name"),
    [("x", "Reuters on X"), ("telegram", "Reuters on Telegram"), ("rss", "Reuters")],
)
def test_a_channel_names_its_platform_unless_it_is_the_outlets_own_feed(platform, name):
    channel = make_channel(outlet=make_outlet(name="Reuters"), platform=platform)

    assert channel.outlet_on_platform() == name
