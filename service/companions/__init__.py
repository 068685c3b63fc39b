"""Who comes along and who drives, as scarce things with a calendar of their own."""
