"""What is handed out: news, exports, a newcomer's summary, archived pages for the site."""
