"""Template cards: neutral values built here; the platform's limits are kept where they are rendered."""
