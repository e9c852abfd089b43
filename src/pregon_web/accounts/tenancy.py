"""The wall between institutions: rows that belong to one, and querysets that answer nothing until told which one.

Everything with rows of an institution derives from TenantModel. `Thing.objects.all()` raises UnscopedQuery when it is
read; `Thing.objects.of(institution)` reads. Selectors go one step further and take the person's access, so that
deciding who may see and fetching are one call.

The guard of reading sits where every SELECT is written down, `Query.get_compiler`: also one that is only a part of
another query. Changing and joining have theirs in the queryset. What runs, runs inside the institution it was narrowed
to (`pregon_web.wall`), which PostgreSQL is told and holds it to.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from pregon_web.wall import UnscopedQuery, inside

T = TypeVar("T", bound=models.Model)


class TenantQuery(Query):
    """A SELECT that is not written down until it is known whose rows it reads."""

    institution_id: int | None = None

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        """As in Django, once narrowed."""
        institution_id = require_scope(self)
        compiler: SQLCompiler = super().get_compiler(*args, **kwargs)
        run = compiler.execute_sql

        def run_inside(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in Django
            with inside(institution_id):
                return run(*args, **kwargs)

        compiler.execute_sql = run_inside  # type: ignore[method-assign]  # of this one query alone
        return compiler

    def get_aggregation(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As in Django: the rows that are counted may stand in a sub-select of a query that is not ours."""
        with inside(require_scope(self)):
            return super().get_aggregation(*args, **kwargs)


def require_scope(query: Query) -> int:
    """The institution the query was narrowed to. Raises UnscopedQuery where it was not."""
    institution_id: int | None = getattr(query, "institution_id", None)
    if institution_id is None:
        name = query.model.__name__ if query.model else "?"
        raise UnscopedQuery(f"{name} was queried without saying whose: use .of(institution)")
    return institution_id


class TenantQuerySet(models.QuerySet[T]):
    """A queryset that refuses to run until `of(institution)` narrowed it."""

    def __init__(
        self,
        model: type[T] | None = None,
        query: Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        if query is None and model is not None:
            query = TenantQuery(model)
        super().__init__(model, query, using, hints)

    def of(self, institution: models.Model | int) -> Self:
        """Only the rows of this institution."""
        key = institution if isinstance(institution, int) else institution.pk
        known = getattr(self.query, "institution_id", None)
        if key is None or known not in {None, key}:
            raise UnscopedQuery(f"{self.model.__name__}: narrowed to {known} and then to {key}")
        narrowed = self.filter(institution_id=key)
        narrowed.query.institution_id = key  # type: ignore[attr-defined]  # our Query, see __init__
        return narrowed

    def update(self, **kwargs: Any) -> int:
        """Change the rows, once narrowed."""
        with inside(require_scope(self.query)):
            return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove the rows, once narrowed."""
        with inside(require_scope(self.query)):
            return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[T]:  # noqa: ANN401 - as in Django
        """Add rows of one institution."""
        rows = list(objs)
        owners = {row.institution_id for row in rows}
        if len(owners) > 1:
            raise UnscopedQuery(f"{self.model.__name__}: rows of several institutions were about to be added together")
        with _inside_of(next(iter(owners), None)):
            return super().bulk_create(rows, *args, **kwargs)

    def raw(self, *_: Any, **__: Any) -> NoReturn:
        """Never: SQL by hand cannot be narrowed."""
        raise UnscopedQuery(f"{self.model.__name__}: SQL by hand cannot be kept inside one institution")

    def _require_same(self, *others: Any) -> None:
        require_scope(self.query)
        own = getattr(self.query, "institution_id", None)
        if any(getattr(other.query, "institution_id", None) != own for other in others):
            raise UnscopedQuery(f"{self.model.__name__}: rows of two institutions were about to be joined")

    def __or__(self, other: models.QuerySet[T]) -> Self:
        self._require_same(other)
        return super().__or__(other)

    def __xor__(self, other: models.QuerySet[T]) -> Self:
        self._require_same(other)
        joined: Self = super().__xor__(other)
        return joined

    def _combinator_query(self, combinator: str, *others: Any, **kwargs: Any) -> Self:
        """Union, intersection and difference, once for all three."""
        self._require_same(*others)
        joined: Self = super()._combinator_query(combinator, *others, **kwargs)  # type: ignore[misc]  # private in Django
        return joined


def _inside_of(institution_id: int | None) -> AbstractContextManager[None]:
    return nullcontext() if institution_id is None else inside(institution_id)


class TenantModel(models.Model):
    """A row that belongs to exactly one institution."""

    # Which rows a person may read from outside, as SQL over the row with `{person}` for their key; «» for none.
    own_rows: ClassVar[str] = ""

    # No road back from the institution: `institution.things` would be a query that nobody narrowed.
    institution = models.ForeignKey("accounts.Institution", on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(TenantQuerySet)()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """As in Django, inside the row's institution."""
        with _inside_of(self.institution_id):
            super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As in Django, inside the row's institution."""
        with _inside_of(self.institution_id):
            return super().delete(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """As in Django, inside the row's institution; what was left for later is read this way too."""
        # Read as it stands: a deferred key would be fetched by this very method.
        with _inside_of(self.__dict__.get("institution_id")):
            super().refresh_from_db(*args, **kwargs)
