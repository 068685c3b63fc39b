"""How long what is kept, what stops its end, who approves it, and the end itself."""
