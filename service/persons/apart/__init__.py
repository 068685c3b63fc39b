"""Who is never placed in the same slot as whom, and who may know why."""
