"""The settings: read, checked, shown, and handed to the command `scrapy`."""
