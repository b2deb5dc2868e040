"""The system: people, their records, and the pages, around the library."""
