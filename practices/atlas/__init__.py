"""The map of practices: bundled outlines, numbered marks that stand off from their places, one drawing as SVG."""
