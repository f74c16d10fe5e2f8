"""Files appear complete or not at all."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from newsroom.storage import Media, Static, minified

ROOT = Path(__file__).parents[2]


class WatchedContent(ContentFile):
    """Content that records, between its two halves, what a reader of the folder sees."""

    def __init__(self, body, look):
        super().__init__(body)
        self.body, self.look = body, look

    def chunks(self, chunk_size=None):
        middle = len(self.body) // 2
        yield self.body[:middle]
        self.look()
        yield self.body[middle:]


@pytest.fixture(params=[Media, Static])
def storage(request, tmp_path):
    return request.param(location=tmp_path)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_no_name_until_it_is_whole(storage, tmp_path):
    seen = []

    storage.save("a.png", WatchedContent(b"halves", lambda: seen.append(storage.exists("a.png"))))

    assert seen == [False]
    assert names(tmp_path) == ["a.png"]
    assert (tmp_path / "a.png").read_bytes() == b"halves"
    assert (tmp_path / "a.png").stat().st_mode & 0o777 == 0o644


def test_readers_see_the_old_file_until_the_new_one_is_whole(tmp_path):
    storage = Media(location=tmp_path)
    storage.save("a.png", ContentFile(b"old"))
    seen = []

    def look():
        seen.append((tmp_path / "a.png").read_bytes())

    saved = storage.save("a.png", WatchedContent(b"new one", look))

    assert saved == "a.png"
    assert seen == [b"old"]
    assert (tmp_path / "a.png").read_bytes() == b"new one"


def test_nothing_is_left_of_a_file_when_the_disk_is_full(storage, tmp_path, small_disk):
    with pytest.raises(OSError, match="File too large"):
        storage.save("a.png", ContentFile(b"x" * 10_000))

    assert names(tmp_path) == []


def test_static_files_and_their_compressed_copies_are_readable_for_the_web_server(tmp_path):
    storage = Static(location=tmp_path / "static")
    storage.save("css/a.css", ContentFile(b"a { color: inherit }\n" * 99))

    list(storage.post_process({"css/a.css": (storage, "css/a.css")}))
    made = sorted((tmp_path / "static").rglob("*"))

    assert any(path.suffix == ".gz" for path in made)
    assert all(path.stat().st_mode & 0o004 for path in made)
    assert all(path.stat().st_mode & 0o001 for path in made if path.is_dir())


SCRIPTS = [path for folder in ("js", "desk/js") for path in (ROOT / "static" / folder).glob("*.js")]


def test_scripts_of_ours_are_stored_without_comments_and_spaces(tmp_path):
    storage = Static(location=tmp_path)
    script = (
        b'// What it does.\nconst url = "https://a.example"; // why\n  go(url, `a  ${b} // c`);\n'
    )

    storage.save("desk/js/a.js", ContentFile(script))
    storage.save("admin/js/a.js", ContentFile(script))

    assert (tmp_path / "desk/js/a.js").read_bytes() == (
        b'const url="https://a.example";go(url,`a  ${b} // c`);'
    )
    assert (tmp_path / "admin/js/a.js").read_bytes() == script


def test_the_copy_of_a_script_under_its_hashed_name_is_whole(tmp_path):
    storage = Static(location=tmp_path)
    storage.save("desk/js/a.js", ContentFile(b"// What it does.\ngo();\n"))

    list(storage.post_process({"desk/js/a.js": (storage, "desk/js/a.js")}))

    (copy,) = tmp_path.glob("desk/js/a.*.js")
    assert copy.read_bytes() == b"go();"


def test_the_address_of_a_static_file_is_looked_up_once_for_each_manifest(tmp_path, monkeypatch):
    storage, asked = Static(location=tmp_path, base_url="/static/"), []
    stored_name = storage.stored_name
    monkeypatch.setattr(
        storage, "stored_name", lambda name: asked.append(name) or stored_name(name)
    )

    addresses = []
    for body in (b"go();", b"stop();"):
        storage.delete("desk/js/a.js")
        storage.save("desk/js/a.js", ContentFile(body))
        list(storage.post_process({"desk/js/a.js": (storage, "desk/js/a.js")}))
        addresses += [storage.url("desk/js/a.js") for _ in range(2)]

    old, same, new, last = addresses
    assert (old, new) == (same, last)
    assert old != new
    assert asked == ["desk/js/a.js"] * 2


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_loses_nothing_but_comments_and_spaces(path):
    lines = map(str.strip, path.read_text().splitlines())
    code = "\n".join(line for line in lines if not line.startswith("//"))

    stored = minified(File(path.open("rb"))).read().decode()

    assert "".join(stored.split()) == "".join(code.split())
    # Of a text, a space is no space between words of code.
    texts = re.findall(r"`[^`\n]*`", code)
    assert [text for text in texts if text not in stored] == []


# The wire and the front page have their own; the form of an article loads all the others.
OF_OTHER_PAGES = {"wire-desk.js", "front-order.js"}


def test_the_scripts_of_the_form_weigh_30_kilobytes_compressed():
    desk = [path for path in SCRIPTS if path.parent.parent.name == "desk"]
    paths = [path for path in desk if path.name not in OF_OTHER_PAGES]

    weights = [len(gzip.compress(minified(File(path.open("rb"))).read())) for path in paths]

    assert len(weights) > 10
    assert sum(weights) <= 30_000
