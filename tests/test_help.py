"""Whatever can be run says what it does when asked, and does nothing else."""

import ast
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.packages import ROOT


def is_run_by_itself(path):
    """Whether the module starts something when it is run, by its syntax."""
    return any(
        isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)
        for node in ast.parse(path.read_text()).body
    )


def commands():
    """Return the arguments of each script of bin/ and each benchmark; Django answers for its own."""
    yield from ([f"bin/{path.name}", "--help"] for path in sorted((ROOT / "bin").iterdir()))
    for path in sorted((ROOT / "benchmarks").glob("*.py")):
        if is_run_by_itself(path):
            yield [sys.executable, "-m", f"benchmarks.{path.stem}", "--help"]


def ask(command):
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "CHROMIUM": "none"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def test_every_script_and_benchmark_says_what_it_does():
    asked = list(commands())

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, asked))

    assert len(asked) > 25
    silent = {
        " ".join(command[-3:]): (answer.returncode, answer.stdout[:80], answer.stderr[-200:])
        for command, answer in zip(asked, answers, strict=True)
        if answer.returncode or answer.stderr or len(answer.stdout.split()) < 8
    }
    assert silent == {}
