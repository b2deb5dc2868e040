"""The desk: the pages of officers."""
