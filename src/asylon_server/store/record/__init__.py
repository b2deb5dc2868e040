"""The record: what was done and read, sealed so that nobody can rewrite it."""
