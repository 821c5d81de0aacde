"""Sequences that readers put together: patterns and other pages in an order of their own, kept in the address alone."""
