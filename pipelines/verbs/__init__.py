"""The verbs of `pantau`, by what they are for: their options and help, one line of work each.

Steps are imported inside the verbs: `pantau --help` and a mistyped option must not wait for Scrapy and spaCy.
A new verb is a function in one of these modules with `@click.command(cls=Verb, example=...)` that returns an
exit code, and has its place in `pipelines.cli.SECTIONS`.
"""
