"""What keeps the files of all municipalities: this machine's disk, a bucket of an S3 server, or one on the way to the
other. All of it behind Django's storage interface; which one it is, STORAGE_URL says (config.stores).

`trouble` is how any of them says that it cannot; `s3` alone knows boto3, and is imported where STORAGE_URL wants it.
"""
