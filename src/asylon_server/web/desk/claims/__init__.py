"""The pages of claims: what is open, what waits for what, and each step that is taken."""
