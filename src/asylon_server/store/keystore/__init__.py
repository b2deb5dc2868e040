"""The wrapped data keys of the cases, in a database of their own."""
