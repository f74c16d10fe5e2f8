"""Run what was queued with django.tasks: the worker does it beside its other jobs."""

import logging
import os
import socket
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mail import sending
from web.words import first_line

logger = logging.getLogger(__name__)

# Nothing that we queue takes as long: the worker that claimed it was killed.
LOST_AFTER = timedelta(minutes=10)
# Results of what failed are for those who look into it; of the rest nothing needs to stay.
KEEP, KEEP_FAILED = timedelta(days=1), timedelta(days=14)
TIDY_EVERY = timedelta(minutes=1)
# Of one round, so that SIGTERM is not kept waiting.
MOST_TASKS = 20


class TaskRunner:
    """Runs tasks in a thread of its own, so that a slow mail server delays nothing else."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._tidied_at: datetime | None = None

    def go_on(self, *, at: datetime) -> None:
        """Begin a round of the tasks that are due, unless one is under way. One query if idle."""
        if self._thread is not None and self._thread.is_alive():
            return
        if self._tidied_at is None or at - self._tidied_at >= TIDY_EVERY:
            tidy(at=at)
            self._tidied_at = at
        if DBTaskResult.objects.ready().exists():
            self._thread = threading.Thread(target=_run_round, name="tasks", daemon=True)
            self._thread.start()

    def wait(self, *, seconds: float) -> None:
        """Wait for the round under way, but not for ever: what it claimed is done again later."""
        if self._thread is not None:
            self._thread.join(timeout=seconds)


def _run_round() -> None:
    try:
        run_tasks()
    except (DatabaseError, InterfaceError) as error:
        # The job that asks whether a task is due says so if it lasts.
        logger.info("Tasks were broken off: %s", first_line(error))
    finally:
        connection.close()


def run_tasks() -> None:
    """Run the tasks that are due, one after the other, at most MOST_TASKS of them."""
    OneLineWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=MOST_TASKS,
        worker_id=f"{socket.gethostname()[:40]}:{os.getpid()}",
        excluded_queue_names=[],
    ).run()


class OneLineWorker(Worker):
    """The worker of django-tasks-db, whose failures are one line each in the log."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            logger.error(
                "Task %s failed: %s (its traceback is kept with its result, %s)",
                db_task_result.task_path,
                db_task_result.traceback.strip().rpartition("\n")[2],
                db_task_result.pk,
            )


def tidy(*, at: datetime) -> None:
    """Queue again what a killed worker had claimed; delete old results and e-mails."""
    DBTaskResult.objects.running().filter(started_at__lt=at - LOST_AFTER).update(
        status=TaskResultStatus.READY
    )
    DBTaskResult.objects.successful().filter(finished_at__lt=at - KEEP).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - KEEP_FAILED).delete()
    sending.resume(at=at)
    sending.prune(at=at)
