"""The archive: WARC out with its index, WARC in, Scrapy's side of both."""
