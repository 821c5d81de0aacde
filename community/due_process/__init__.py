"""What everybody may expect who reports a comment or whose comment is decided on: a receipt, reasons, a second look.

The words of the law are those of the Digital Services Act: notice (article 16), statement of reasons (17), appeal (20).
Who reported a comment is told to moderators alone; nothing here shows it to the author or to anybody else.
"""
