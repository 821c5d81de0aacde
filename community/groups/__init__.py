"""Working groups: pages, applications, membership, and threads that only some may read."""
