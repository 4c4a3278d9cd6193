"""What a person may ask of us: what is kept, a copy of it, all of it gone."""
