"""The files of a bulletin: a document, figures and pictures in; .docx, .xlsx and .png out, the same for the same."""
