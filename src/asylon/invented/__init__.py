"""Invented claims, the same every time, for trying things out. No real person is in them."""
