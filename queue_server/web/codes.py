"""QR codes as images. The content policy lets a page show them because they come from its own server."""

import io

import segno
from flask import Response

#: Light modules around the code; readers need four.
BORDER = 4


def qr_image(text: str) -> Response:
    """The text as a QR code that still reads with a seventh of it soiled; its page says how large it is."""
    picture = io.BytesIO()
    segno.make_qr(text, error="m").save(
        picture, kind="svg", border=BORDER, light="#fff", omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return Response(picture.getvalue(), mimetype="image/svg+xml")
