"""The pages: one face for each who uses them, over the store's reads and acts."""
