"""Scrapy's spider modules; there is one spider class, made once for each outlet file."""
