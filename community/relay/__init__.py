"""Writing to a contact of a page, whose address is never shown: the site passes the message on and keeps none of it."""
