"""How reminders leave for Discord."""
