"""Bringing the tables up to the edition that is installed."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


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


def applied() -> list[str]:
    """Name the changes that were made to the tables."""
    done = MigrationRecorder(connections["default"]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def migrate() -> None:
    """Make all changes that are pending."""
    for alias in connections:
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
