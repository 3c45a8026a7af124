"""What people know better than the rules: read, applied, kept with what it met."""
