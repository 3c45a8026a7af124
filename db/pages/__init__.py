"""The pages of the site beside Datasette's own: what they ask the database and how they put it.

`db/site/plugins/pantau.py` hands them to Datasette; templates, messages and the style sheet are in
`db/site/`.
"""
