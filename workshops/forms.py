from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.fields import validate_partial_date

from . import drafting

LARGEST = 200_000  # bytes; some forty cards full of notes


class NotesForm(forms.Form):
    """The notes of a facilitator, as the file that the browser saved or as text."""

    file = forms.FileField(label=gettext_lazy("File"), required=False, max_length=255)
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=drafting.LONGEST_TITLE,
        help_text=gettext_lazy("Empty: the first line of the notes."),
    )
    date_start = forms.CharField(
        label=gettext_lazy("First day"),
        required=False,
        validators=[validate_partial_date],
        help_text=gettext_lazy("A day, or what is known: 2017-01-10, 2017-01, 2017."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user  # who finds the cards that the notes name

    def clean_file(self) -> str:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than notes are. Choose the one that you saved."))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is no text file. Choose the one that you saved.")) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        given["notes"] = "\n\n".join(filter(None, [given["file"], given["notes"]])).replace("\x00", "")
        read = drafting.read(given["notes"], self.user)
        if not read.notes:
            self.add_error("notes", _("Choose the file with the notes, or write them here."))
        elif not given["title"]:
            given["title"] = read.title[: drafting.LONGEST_TITLE]
            if not given["title"]:
                self.add_error("title", _("Give the workshop a title: the notes do not begin with one."))
        return given
