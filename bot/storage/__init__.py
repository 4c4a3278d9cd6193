"""What the bot remembers of people: two SQLite files, everything about health sealed."""
