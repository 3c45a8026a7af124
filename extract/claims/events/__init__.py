"""Events: launches, decrees, reports and targets with their dates."""
