"""From a photo or a PDF to lines of text, in a process of its own with little time and memory."""
