"""The text of PDF files that published pages name: read in the background, found page by page."""
