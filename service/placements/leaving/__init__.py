"""What goes from one worker to the next."""
