"""The last door before a view: one without a declared rule does not run."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

from pregon_web.accounts.rules import Rule


class RuleMiddleware:
    """Refuses any view that did not declare its rule. The rule itself is enforced by the decorator that declares it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Raise where nobody said who may use the view: a forgotten rule shuts the door instead of opening it."""
        del request, args, kwargs
        if not isinstance(getattr(view, "rule", None), Rule):
            name = getattr(view, "__qualname__", repr(view))
            raise ImproperlyConfigured(f"the view {view.__module__}.{name} declares no rule")
