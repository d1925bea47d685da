"""What a run says on the terminal: one line when a stage begins, and every error."""

from __future__ import annotations

import logging
import sys

import dagster as dg
from dagster_shared.error import SerializableErrorInfo


class StageHandler(logging.Handler):
    """Prints the beginning of steps and why one failed; the rest, with the tracebacks, is in Dagster's event log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record on stderr, if it is one of those."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is None:
            return
        name = (event.step_key or "").replace("__", "/", 1)
        if event.event_type_value == "STEP_START":
            print(f"  {name} …", file=sys.stderr, flush=True)
        elif event.event_type_value == "STEP_FAILURE":
            print(f"  {name} failed: {_innermost(event.step_failure_data.error)}", file=sys.stderr, flush=True)


def _innermost(error: SerializableErrorInfo) -> str:
    """What the error that began it says."""
    while error.cause is not None:
        error = error.cause
    return error.message.strip()


def _stage_logger(context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.Logger("stages", level=logging.DEBUG)
    logger.addHandler(StageHandler())
    return logger


stages = dg.LoggerDefinition(_stage_logger, description="One line per stage, for a terminal.")
"""The logger that `python -m orchestration run` asks for."""
