from web.addresses import absolute


def test_absolute_takes_the_host_from_the_settings(settings):
    settings.SITE_URL = "https://paper.example"

    assert absolute("/wire/") == "https://paper.example/wire/"
