"""Questions that every page asks: put into SQL once, and asked again with other values.

Django takes ten times as long to put a question into words as a database to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import UUID

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from asylon_server.store.rights.guarded import GuardedQuery

M = TypeVar("M", bound=models.Model)
Value: TypeAlias = UUID | str | datetime


class KeptQuestionError(TypeError):
    """A question does not hold its values, each once and in their order."""


class Kept(Generic[M]):
    """A question that stays the same but for its values.

    Its values stand in the query each once, in the order in which they are given.
    """

    def __init__(
        self, model: type[M], ask: Callable[..., models.QuerySet[M, M]]
    ) -> None:
        """Take the table, and what makes the query from the values."""
        self.model, self._ask = model, ask
        self._said: Mapping[str, str] = {}

    def __call__(self, *values: Value) -> list[M]:
        """Ask with these values."""
        using = router.db_for_read(self.model)
        connection = connections[using]
        prepared = [_prepared(each, connection) for each in values]
        said = self._said.get(connection.vendor)
        if said is None:
            said = self._put(values, prepared, connection)
        return list(self.model._base_manager.using(using).raw(said, prepared))

    def _put(
        self,
        values: tuple[Value, ...],
        prepared: list[object],
        connection: BaseDatabaseWrapper,
    ) -> str:
        """Put the question into the words of a database, and keep them."""
        query = self._ask(*values)
        if isinstance(query, GuardedQuery):
            query.demand_scope()
        said: str
        said, asked = query.query.get_compiler(connection=connection).as_sql()
        if list(asked) != prepared:
            message = f"{self.model._meta.label}: the values are not those of the query"
            raise KeptQuestionError(message)
        self._said = {**self._said, connection.vendor: said}
        return said


def _prepared(value: Value, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401
    match value:
        case UUID():
            return value if connection.vendor == "postgresql" else value.hex
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
    return value
