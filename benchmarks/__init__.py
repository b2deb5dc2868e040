"""Asylon measured beside its peers: each module prints us and them from one run.

`make bench` runs every benchmark and ends with a table of goals. No time is printed
before the answers it stands for were found right.
"""
