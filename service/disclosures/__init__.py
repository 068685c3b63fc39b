"""What leaves the office about a person: anonymous cards and released packets, host by host."""
