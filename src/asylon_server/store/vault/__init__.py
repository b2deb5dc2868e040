"""The sealed compartments of the cases."""
