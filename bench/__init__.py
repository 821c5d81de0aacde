"""`make bench`: what the main pages cost the server, beside a floor measured in the same run."""
