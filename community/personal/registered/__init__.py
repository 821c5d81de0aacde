"""One module for each part of the site; all are imported at start. Here a model says what becomes of its rows."""
