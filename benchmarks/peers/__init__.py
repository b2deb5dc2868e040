"""What the peers run, in an environment of their own (`.venv-peers`).

Each module reads a folder with the definition and the claims, and prints one JSON
object. None of them imports asylon: they are given the definition as plain trees.
"""
