"""One of every card, so that catalogue and Discord's limits are checked while content loads."""
