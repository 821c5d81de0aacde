"""Machine translation: off unless the site names a service, a draft for people to read, never published by itself."""
