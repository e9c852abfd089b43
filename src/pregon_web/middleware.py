"""The outer layers of every answer: faults get a code and no traceback, and headers say what a browser may do."""

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger("pregon")

NextLayer = Callable[[HttpRequest], HttpResponseBase]


class FaultMiddleware:
    """Notes any fault of ours under a short code, which the page with the apology shows."""

    def __init__(self, get_response: NextLayer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Write the traceback in the log, never on the page. Answers nothing: the error views do."""
        from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
        from django.http import Http404

        if isinstance(exception, (Http404, PermissionDenied, SuspiciousOperation, BadRequest)):
            return
        code = secrets.token_hex(4)
        request.fault_code = code  # type: ignore[attr-defined]  # our own note on Django's request
        logger.error("fault %s at %s %s", code, request.method, request.path, exc_info=exception)


class HeadersMiddleware:
    """What Django has no setting for: device features are off, and pages stay out of shared caches."""

    def __init__(self, get_response: NextLayer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        )
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response
