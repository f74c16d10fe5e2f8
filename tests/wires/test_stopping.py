"""Commands end on SIGTERM, whichever thread the signal happens to reach."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from wires.management.stopping import told_to_stop

# The kernel may hand a signal to any thread, and does when the main thread has one to handle.
WAITS_IN_MAIN_THREAD = """
    import signal, threading
    from wires.management.stopping import told_to_stop

    def receive():
        signal.pthread_kill(threading.get_ident(), signal.{name})

    with told_to_stop() as over:
        threading.Timer(0.2, receive).start()
        print(over.wait(90), over.is_set())
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_that_another_thread_receives_ends_the_wait_of_the_main_thread(name):
    code = textwrap.dedent(WAITS_IN_MAIN_THREAD).format(name=name)

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.stdout, done.stderr) == ("True True\n", "")


def test_a_signal_before_the_wait_is_not_lost():
    with told_to_stop() as over:
        os.kill(os.getpid(), signal.SIGTERM)

        assert over.wait(90)
        assert over.is_set()


def test_what_signals_did_before_they_do_again():
    handler = signal.getsignal(signal.SIGTERM)
    with told_to_stop():
        assert signal.getsignal(signal.SIGTERM) is not handler

    assert signal.getsignal(signal.SIGTERM) is handler
    assert signal.set_wakeup_fd(-1) == -1
