"""What articles claim: extracted, corrected, stored; also without a database."""
