"""The example town, with people and a past, on a throw-away database: invented throughout."""
