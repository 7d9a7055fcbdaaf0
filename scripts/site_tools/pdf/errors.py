"""What can go wrong on the way to a PDF."""


class PdfError(Exception):
    """The guide holds something that cannot be printed; the message lists every instance found."""


class PdfUnavailable(Exception):
    """This machine lacks a library or font: one sentence that names the Debian packages to install."""
