"""gunicorn's lines about answers, without the secrets that stand in addresses."""

from typing import Any

from gunicorn.glogging import Logger

from newsroom.shown_addresses import without_secrets

FORMAT = '%(h)s "%(r)s" %(s)s %(B)s bytes %(D)s µs [%({x-request-id}o)s]'


class AccessLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    def _compute_access_log_enabled(self) -> bool:
        # Not by the form of the lines, as in gunicorn itself.
        return bool(self.cfg.accesslog)

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """Return what a line may tell of an answer."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        for name in ("r", "U", "f"):
            atoms[name] = without_secrets(atoms[name] or "-")
        return atoms
