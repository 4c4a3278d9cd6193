"""What must hold in the content before it is served."""
