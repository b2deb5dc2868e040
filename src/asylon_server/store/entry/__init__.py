"""Coming in: sign-ins that failed, and how long to wait after too many."""
