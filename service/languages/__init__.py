"""Two languages: Japanese stands in the code and the templates, English in one catalogue."""
