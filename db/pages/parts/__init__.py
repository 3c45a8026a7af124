"""What the pages share: questions to the database, language, links, pictures, marked text."""
