"""Bringing the tables up to the edition that is installed."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations import AddField
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import ForeignKey


def is_used() -> bool:
    """Whether the tables of a deployment are there."""
    return MigrationRecorder(connections["default"]).has_table()


def pending() -> list[str]:
    """Name the changes to the tables that are still to be made."""
    names = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        names += [f"{each.app_label}.{each.name}" for each, _ in plan]
    return sorted(set(names))


def columns_added() -> dict[str, list[str]]:
    """Name the columns that pending changes add, by the tables that they add them to."""
    executor = MigrationExecutor(connections["default"])
    added: dict[str, list[str]] = {}
    for change, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        for each in change.operations:
            if isinstance(each, AddField):
                column = each.name + "_id" * isinstance(each.field, ForeignKey)
                label = f"{change.app_label}.{each.model_name_lower}"
                added.setdefault(label, []).append(column)
    return added


def applied() -> list[str]:
    """Name the changes that were made to the tables."""
    done = MigrationRecorder(connections["default"]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def foreign(names: object) -> list[str]:
    """Of the names of changes, give those that this edition does not know."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    told = {str(each) for each in names} if isinstance(names, list) else set()
    ours = {f"{app}.{name}" for app, name in known}
    rooms = {app for app, _ in known}
    return sorted(e for e in told - ours if e.partition(".")[0] in rooms)


def migrate() -> None:
    """Make all changes that are pending.

    The keys come first, since a change of the tables may have to seal something.
    """
    for alias in sorted(connections, key=lambda each: each == "default"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def migrate_to(names: object) -> None:
    """Make the tables as they were when only these changes had been made."""
    executor = MigrationExecutor(connections["default"])
    leaves = executor.loader.graph.leaf_nodes()
    told = set(names) if isinstance(names, list) else set()
    plan = [
        (change, backwards)
        for change, backwards in executor.migration_plan(leaves, clean_start=True)
        if f"{change.app_label}.{change.name}" in told
    ]
    executor.migrate(leaves, plan=plan)
