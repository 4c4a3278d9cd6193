"""What the drawing process draws: charts and the page for a physio. Loads the rasteriser; the bot never does."""
