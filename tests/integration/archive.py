"""The copy of everything that somebody gets."""

import io
import zipfile


async def archive_of(answer) -> zipfile.ZipFile:
    (file,) = answer.response.attachments
    return zipfile.ZipFile(io.BytesIO(await content(file)))


async def content(file) -> bytes:
    return file.data if hasattr(file, "data") else await file.read()
