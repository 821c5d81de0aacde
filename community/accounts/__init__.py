"""Accounts: django-allauth with names to show, in the reader's language, without telling who has an account."""
