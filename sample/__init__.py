"""The sample newsroom: invented outlets over real places, and the script that packs their pages as WARC."""
