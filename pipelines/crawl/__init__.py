"""Collecting articles: which, by Scrapy or from archives, and how it went."""
