"""Files on their way in. What is larger than anything the program takes is read to its end, to be refused in words, and not kept."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_KEPT = 100_000_000
"""Bytes of the files of one request: as much as a phone may send at once."""


class Kept(TemporaryFileUploadHandler):
    """A temporary file, emptied when the request has brought too much. Its size is what came: forms refuse it by that."""

    kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept <= MOST_KEPT:
            self.kept += len(raw_data)
            self.file.write(raw_data)
            if self.kept > MOST_KEPT:
                self.file.truncate(0)
