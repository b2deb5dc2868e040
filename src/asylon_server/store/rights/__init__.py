"""Who may do what: one table, and one function that reads it."""

from asylon_server.store.rights.policy import Actor, Thing, can
from asylon_server.store.rights.table import Right, Table, shipped_table

__all__ = ["Actor", "Right", "Table", "Thing", "can", "shipped_table"]
