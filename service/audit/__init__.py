"""Who looked at which person, when and why."""
