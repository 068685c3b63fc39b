"""To see a person whom one may not see, for hours, when life or health needs it; told at once."""
