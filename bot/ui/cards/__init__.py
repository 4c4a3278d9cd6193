"""Cards: each function takes content and words, and returns a layout. They decide nothing and store nothing."""
