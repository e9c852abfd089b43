"""Every view declares who may use it, `@public`, `@signed_in` or `@requires(Role.EDITOR, …)`, or it never runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from pregon_web.accounts.models import Person, Role
from pregon_web.accounts.selectors import (
    Access,
    administrators_of,
    current_access,
    has_institution,
    has_second_factor,
)
from pregon_web.wall import inside

P = ParamSpec("P")

READERS = (Role.EDITOR, Role.APPROVER, Role.REVIEWER, Role.ADMINISTRATOR)
EVERYONE = tuple(Role)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a view: anybody (`public`), any person signed in (no roles), or who has one of the roles."""

    public: bool = False
    roles: tuple[Role, ...] = ()


class OfficeRequest(HttpRequest):
    """A request whose person and institution are known. Made by `requires`; read-only by custom."""

    user: Person  # narrower: the rule has turned everybody else away
    access: Access


def public(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Anybody may use this view."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    open_view.rule = Rule(public=True)  # type: ignore[attr-defined]  # read by RuleMiddleware and by the tests
    return open_view


def signed_in(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Any person signed in may use this view, in whatever institution or in none."""

    @wraps(view)
    def personal_view(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    personal_view.rule = Rule()  # type: ignore[attr-defined]  # read by RuleMiddleware and by the tests
    return personal_view


def requires(
    *roles: Role,
) -> Callable[[Callable[Concatenate[OfficeRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only a person with one of these roles in the institution they are working in. `request.access` says both."""
    if not roles:
        raise ValueError("name at least one role, or declare the view public")

    def declare(view: Callable[Concatenate[OfficeRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded_view(request: OfficeRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            visitor: Person | AnonymousUser = request.user
            if not isinstance(visitor, Person):
                return redirect_to_login(request.get_full_path())
            access = current_access(visitor)
            if access is None:
                return _without_institution(visitor)
            request.access = access
            if access.body is not None and request.method not in SAFE_METHODS:
                raise PermissionDenied("Un ente que supervisa puede ver, no cambiar. Pídalo a la propia entidad.")
            if access.institution.requires_second_factor and not has_second_factor(visitor):
                return redirect("mfa_activate_totp")
            if not access.has_any(*roles):
                raise PermissionDenied(_refusal(access, request.method or ""))
            with inside(access.institution.pk):
                return view(request, *args, **kwargs)

        guarded_view.rule = Rule(roles=roles)  # type: ignore[attr-defined]  # read by RuleMiddleware and by the tests
        return guarded_view

    return declare


def _without_institution(person: Person) -> HttpResponseBase:
    if has_institution(person):
        return redirect("choose_institution")
    raise PermissionDenied("Su usuario todavía no pertenece a ninguna entidad. Pida a quien administra la suya.")


def _refusal(access: Access, method: str) -> str:
    names = [person.name for person in administrators_of(access)]
    giver = f"Quien da permisos es {', '.join(names)}." if names else "Pida el permiso a quien administra su entidad."
    can = (
        "Su usuario puede ver, no cambiar."
        if method == "POST" and access.has_any(*READERS)
        else ("Su usuario no puede ver esta página.")
    )
    return f"{can} {giver}"
