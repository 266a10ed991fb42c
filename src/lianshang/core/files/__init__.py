"""Stored files: uploads and attachments, as visible as the thing they belong to."""
