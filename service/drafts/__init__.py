"""Forms that are not saved yet: kept on purpose, or because something came between."""
