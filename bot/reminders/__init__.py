"""Reminders of people, and posts of clubs: what rings, and what each brings. No Discord."""
