"""What Discord says about a club, and a club's words in our cards."""
