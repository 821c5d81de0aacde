"""What members, editors and moderators do in a discussion beside writing: change, react, mention, mark, pin, close."""
