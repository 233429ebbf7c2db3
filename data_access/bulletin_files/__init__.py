"""The files of a bulletin: from a document, figures and pictures to .docx, .xlsx and .png, the same for the same."""
