"""Every query of follow-up: the queue, what it rests on, what lies ready, and the settings."""
