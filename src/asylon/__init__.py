"""Asylon: the refugee definition as something to apply, explain and question.

The rooms, from the ground up: `logic` (truth and formulas), `law` (the law book),
`instruments` (the law that ships), `determination` (findings and what follows from
them), `languages` (messages), `cli` (the prompt).
"""

__version__ = "0.1.0"
