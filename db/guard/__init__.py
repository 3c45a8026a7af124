"""What a site allows strangers: how much a query may take, what may be asked, how long a file stays."""
