"""The moderators' desk in the admin: what waits, one comment in its thread, and decisions with a reason."""
