"""What happens once when the program starts: folders, logging; and the log's one line a request."""

import logging
import sys
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

log = structlog.get_logger()


def prepare() -> None:
    """Make the folders that writing needs, closed to others, and set up logging."""
    for folder in (settings.FILE_UPLOAD_TEMP_DIR, settings.MEDIA_ROOT, settings.TENDERWELL_KEYS_DIR):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    set_up_logging(settings.TENDERWELL_LOG_LEVEL)


def set_up_logging(level: str) -> None:
    """Structured lines on standard error, JSON where nobody watches; libraries' own logging ends there too."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    watched = sys.stderr.isatty()
    render: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    lowest = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, render],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    last: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        render,
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    logging.basicConfig(handlers=[handler], level=max(lowest, logging.WARNING), force=True)
    logging.getLogger("django.security.DisallowedHost").addFilter(as_warning)


def as_warning(record: logging.LogRecord) -> bool:
    """Filter: any stranger can send a wrong Host, so it is one line without a trace, and nobody has to act."""
    record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
    return True


class OneLineARequest:
    """Middleware: the route, never the address or a name, so that no personal data reaches the logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "none"
        milliseconds = round((time.perf_counter() - began) * 1000, 1)
        log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds)
        return response


class WholeAddresses:
    """Middleware: nothing stands at an address with a sign that no database takes, so nobody looks it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)
