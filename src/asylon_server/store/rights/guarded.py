"""Queries that refuse to run until they are told for whom."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from asylon_server.store.rights.errors import UnscopedError

M = TypeVar("M", bound=models.Model)


class GuardedQuery(models.QuerySet[M, M]):
    """Rows that can only be asked for within a scope.

    A query that was never given one raises before it reaches the database, so that a
    view which forgets to ask whose records it may see shows nothing instead of all.
    """

    _scoped = False

    def within(self, scope: models.Q) -> Self:
        """Keep to the rows that somebody may see; `reads` makes the scopes."""
        kept = self.filter(scope)
        kept._scoped = True
        return kept

    def _clone(self) -> Self:
        made: Self = super()._clone()  # type: ignore[misc]  # Django's own, untyped
        made._scoped = self._scoped
        return made

    def demand_scope(self) -> None:
        """Refuse to go on without a scope.

        Raises:
            UnscopedError: none was given.
        """
        if not self._scoped:
            message = f"rows of {self.model._meta.label} were asked for without a scope"
            raise UnscopedError(message)

    def _fetch_all(self) -> None:
        self.demand_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **named: Any) -> Any:
        """Go through the rows."""
        self.demand_scope()
        return super().iterator(*args, **named)

    def count(self) -> int:
        """Count the rows."""
        self.demand_scope()
        return super().count()

    def exists(self) -> bool:
        """Whether there are any."""
        self.demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **named: Any) -> dict[str, Any]:
        """Sum the rows up."""
        self.demand_scope()
        return super().aggregate(*args, **named)

    def update(self, **named: Any) -> int:
        """Change the rows."""
        self.demand_scope()
        return super().update(**named)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take the rows away."""
        self.demand_scope()
        return super().delete()


class GuardedManager(models.Manager[M]):
    """The way to guarded rows: a scope first."""

    def get_queryset(self) -> GuardedQuery[M]:
        """Begin a query that has no scope yet."""
        return GuardedQuery(self.model, using=self._db)

    def within(self, scope: models.Q) -> GuardedQuery[M]:
        """Keep to the rows that somebody may see."""
        return self.get_queryset().within(scope)
