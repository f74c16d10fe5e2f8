"""A server in between, which can be taken away while its clients are at work."""

import socket
import threading
from contextlib import suppress

CHUNK = 64 * 1024


class Relay:
    """Passes on what clients and a server on this machine say. Its port stays the same."""

    def __init__(self, server):
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = []
        self._accept()

    def cut(self):
        """Be away: end every connection and refuse new ones."""
        # Wakes the thread that accepts, which close alone would not.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.connections.clear()

    def come_back(self):
        """Be there again, on the same port."""
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self._accept()

    def _accept(self):
        threading.Thread(target=self._serve, args=[self.listener], daemon=True).start()

    def _serve(self, listener):
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(self.server)
                self.connections += [client, server]
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=pass_on, args=pair, daemon=True).start()


def pass_on(source, target):
    with suppress(OSError):
        while data := source.recv(CHUNK):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
