"""What a club's moderators set up and look after."""
