"""Claims on the cases that are kept: their steps, by the table of the procedure."""
