"""Hosts, activities and slots over HTTP and on pages; import of a catalogue."""
