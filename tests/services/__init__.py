"""The services that tests use where they are found: PostgreSQL, Valkey or Redis, Chromium."""
