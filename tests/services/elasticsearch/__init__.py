"""A real Elasticsearch node without Docker, built from the published artefacts: see README.md."""
