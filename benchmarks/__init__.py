"""What `make bench` measures; each figure beside a yardstick of the same run, since machines differ."""
