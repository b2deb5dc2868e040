"""Styles of the pages, built once from locked npm packages by a Node from a wheel."""
