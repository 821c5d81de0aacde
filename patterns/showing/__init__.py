"""Cards one at a time in large type: for a facilitator in front of a group, and for a screen in a lobby."""
