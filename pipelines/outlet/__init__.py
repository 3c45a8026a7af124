"""`pantau outlet`: a look at a page, a new outlet's files, which facts hold."""
