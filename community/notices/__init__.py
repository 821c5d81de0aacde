"""What people follow, and the mails that tell them what is new."""
