"""Words of the site's languages: cut, stemmed, without their accents, and which language they are of."""
