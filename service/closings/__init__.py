"""Say beforehand what an end will close: of a placement, and of a consent."""
