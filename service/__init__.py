"""Who, when, and the web: people, placements, follow-up, and the pages that show them."""
