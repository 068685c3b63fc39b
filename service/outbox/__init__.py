"""What has to leave the office: written with what caused it, carried out later, never content."""
