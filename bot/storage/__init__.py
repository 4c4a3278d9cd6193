"""What the bot remembers of people: two databases, everything about health sealed."""
