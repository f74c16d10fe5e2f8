"""The container of Containerfile: its root made by apt alone, built, started read-only, not as root."""

import http.client
import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from tests.packages import ROOT
from tests.processes import free_port
from tests.waiting import CEILING, wait_until

LINES = (ROOT / "Containerfile").read_text().splitlines()
# Where the container's Debian looks for certificates: those of this machine, behind its proxy, too.
CERTIFICATES = "/etc/ssl/certs"


def test_the_container_runs_as_nobody_of_this_machine_and_says_how_it_is_asked():
    assert "USER 10001:10001" in LINES
    assert any(line.startswith("HEALTHCHECK ") for line in LINES)
    # No image of anybody else's.
    assert [line for line in LINES if line.startswith("FROM ")] == ["FROM localhost/newsroom-root"]


def test_nothing_of_this_checkout_but_the_site_comes_into_the_container():
    ignored = (ROOT / ".containerignore").read_text().splitlines()

    # Secrets, data and the virtual environment have names with a dot.
    assert ignored[0] == ".*"
    assert [line for line in ignored if line.startswith("!")] == ["!.python-version"]


class Engine:
    """podman, with a store of its own."""

    def __init__(self, folder):
        if shutil.which("podman") is None or shutil.which("mmdebstrap") is None:
            pytest.skip("podman and mmdebstrap are not installed here")
        if os.geteuid() != 0:
            pytest.skip("only root can start the container without an engine")
        self._command = ["podman", "--root", folder / "store", "--runroot", folder / "run"]

    def __call__(self, *arguments):
        done = subprocess.run(
            [*self._command, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr[-2_000:]}"
        return done.stdout.strip()


@pytest.fixture
def engine():
    # podman takes no path of more than 50 characters.
    with TemporaryDirectory(prefix="pod") as folder:
        podman = Engine(Path(folder))
        yield podman
        podman("image", "unmount", "--all", "--force")


# What an engine does with --read-only, --cap-drop all and no-new-privileges. Engines themselves
# need rights that a machine for tests may not have.
START = """
set -eu
root=$1 volumes=$2; shift 2
mount --bind "$root" "$root"
for name in runtime media; do mount --bind "$volumes/$name" "$root/srv/newsroom/$name"; done
mount -t tmpfs tmpfs "$root/tmp"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
exec chroot "$root" setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs \
    --bounding-set=-all env -i --chdir=/srv/newsroom/app "$@"
"""


class Container:
    """The image as its own settings start it, on a root that nothing can write to."""

    def __init__(self, engine, folder):
        self.port = free_port()
        self._root = engine("image", "mount", "newsroom")
        self._volumes = folder / "volumes"
        (image,) = json.loads(engine("image", "inspect", "newsroom"))
        self.config, self.health = image["Config"], image["Healthcheck"]["Test"]
        for path in (self._volumes / name for name in ("runtime", "media")):
            path.mkdir(parents=True)
            os.chown(path, 10001, 10001)

    def begin(self, *command, **more):
        # A process of its own tree: what it leaves behind ends with it.
        unshared = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", START]
        settings = [*self.config["Env"], f"BIND=127.0.0.1:{self.port}"]
        arguments = [*unshared, "sh", self._root, self._volumes, *settings, *command]
        return subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
        )

    def run(self, *command):
        started = self.begin(*command)
        said, _ = started.communicate(timeout=5 * CEILING)
        return started.returncode, said


def ask(port, path):
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
    try:
        web.request("GET", path)
        answer = web.getresponse()
        return SimpleNamespace(status=answer.status, body=answer.read())
    finally:
        web.close()


def answers(port):
    with suppress(OSError):
        return ask(port, "/healthz").status == 200


@pytest.mark.long
def test_the_container_is_built_by_apt_and_uv_and_serves_on_a_root_it_cannot_write(
    engine, tmp_path
):
    with (tmp_path / "root.tar").open("w") as file:
        subprocess.run([ROOT / "bin/container-root"], stdout=file, check=True)
    engine("import", "--quiet", tmp_path / "root.tar", "localhost/newsroom-root")
    engine(
        "build", "--format", "docker", "--isolation", "chroot", "--network", "host",
        "--volume", f"{CERTIFICATES}:{CERTIFICATES}:ro", "--tag", "newsroom", ROOT,
    )  # fmt: skip
    container = Container(engine, tmp_path)

    upgraded = container.run("bin/container", "manage", "upgrade", "--yes")
    user = container.run("id", "-u")
    written = container.run("touch", "written")
    web = container.begin(*container.config["Cmd"], process_group=0)
    is_up = wait_until(lambda: answers(container.port) or web.poll() is not None)
    front, ready = ask(container.port, "/"), ask(container.port, "/readyz")
    kind, *healthy = container.health
    health = container.run(*healthy)
    os.killpg(web.pid, signal.SIGTERM)
    said, _ = web.communicate(timeout=CEILING)
    unhealthy = container.run(*healthy)

    assert upgraded[0] == 0, upgraded[1]
    assert container.config["User"] == "10001:10001"
    assert user == (0, "10001\n")
    assert "Read-only file system" in written[1]
    assert is_up
    assert (front.status, ready.status) == (200, 200), said
    assert (kind, health[0]) == ("CMD", 0), health
    assert unhealthy[0] != 0
    assert "Shutting down: Master" in said
