"""Organisations, and the people who have an account in one."""
