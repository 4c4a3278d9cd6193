"""What the drawing process draws: charts and the page for a physio. Loads matplotlib; the bot never does."""
