"""Reminders: when they ring, and how that is said. No Discord."""
