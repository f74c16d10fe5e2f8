"""The one stylesheet and the one script of public pages."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template

from newsroom.bundles import BUNDLES, SCRIPTS, STYLES, Bundle

STATIC = Path(settings.BASE_DIR) / "static"
OF_THE_DESK = {"css/components/button.css"}


@pytest.mark.parametrize(("bundle", "pattern"), [(STYLES, "css/**/*.css"), (SCRIPTS, "js/*.js")])
def test_every_public_file_is_in_the_bundle_once(bundle, pattern):
    present = {str(path.relative_to(STATIC)) for path in STATIC.glob(pattern)}

    assert sorted(bundle.parts) == sorted(present - OF_THE_DESK)


def test_the_layers_are_named_before_the_first_is_filled():
    assert re.search(r"@layer[^{;]*[{;]", STYLES.content())[0].endswith(";")


@pytest.mark.parametrize("part", SCRIPTS.parts)
def test_a_script_needs_no_other(part):
    assert not re.search(r"^\s*(import|export|await)\b", (STATIC / part).read_text(), re.M)


def test_addresses_in_a_stylesheet_hold_beside_it():
    folder = Path(STYLES.path).parent
    elsewhere = [
        part
        for part in STYLES.parts
        if "url(" in (STATIC / part).read_text() and Path(part).parent != folder
    ]

    assert elsewhere == []


def test_names_of_two_scripts_do_not_meet(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "static").mkdir()
    for name in ("one.js", "two.js"):
        (tmp_path / "static" / name).write_text("const SECONDS = 1;")
    bundle = Bundle(path="b.js", parts=("one.js", "two.js"), before="{\n", after="}\n")

    assert bundle.content() == "{\nconst SECONDS = 1;}\n\n{\nconst SECONDS = 1;}\n\n"


def test_a_missing_part_is_named(settings, tmp_path):
    settings.BASE_DIR = tmp_path

    with pytest.raises(FileNotFoundError, match=r"css/tokens\.css"):
        STYLES.content()


def test_pages_link_to_each_file_where_nothing_is_collected():
    page = Template("{% load paper %}{% site_links %}{% scripts %}").render(Context())

    assert re.findall(r'(?:href|src)="/static/([^"]+)"', page) == [*STYLES.parts, *SCRIPTS.parts]


def test_collected_pages_link_to_one_file_of_each_kind(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "newsroom.storage.Static"},
    }
    for _ in range(2):
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())

    page = Template("{% load paper %}{% site_links %}{% scripts %}").render(Context())
    linked = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    styles, script = ((tmp_path / path).read_text() for path in linked)

    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", path) for path in linked] == [
        bundle.path for bundle in BUNDLES
    ]
    assert styles.count("@layer components {") == len(STYLES.parts) - 3
    assert all(
        (tmp_path / "css" / path).is_file() for path in re.findall(r'url\("([^"]+)"', styles)
    )
    # Each makes an element, but for the one that keeps a page for when there is no connection.
    assert script.count("customElements.define(") == len(SCRIPTS.parts) - 1
    assert script.count("serviceWorker.register(") == 1
    assert all((tmp_path / f"{path}.gz").is_file() for path in linked)
    assert (tmp_path / linked[0]).stat().st_mode & 0o044 == 0o044
