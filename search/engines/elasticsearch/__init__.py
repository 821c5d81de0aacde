"""Elasticsearch: an index per language that follows the catalogue in the site's database."""
