"""What a browser would find in a page, without a browser."""

from html.parser import HTMLParser

VOID = {"meta", "br", "col", "link", "img", "input", "hr"}


class PageReader(HTMLParser):
    """Tags with attributes, headings with levels, and the text outside the style sheet."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.headings, self.text, self.style, self.open = [], [], "", "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append([int(tag[1]), ""])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            raise AssertionError(f"</{tag}> closes {self.open[-1:]}")

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data
            return
        self.text += data
        if self.open[-1:] and self.open[-1] in {"h1", "h2", "h3", "h4"}:
            self.headings[-1][1] += data.strip()

    def all(self, tag):
        """Attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]
