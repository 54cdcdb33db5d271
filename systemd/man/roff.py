"""What the pages of the manual have in common: plain text as man(7) wants it."""

import re

# Words with a hyphen that are names, not two words.
NAMES = {"skin2vec-mqtt", "skin2vec-web", "skin2vec-backup", "i2c-dev", "time-sync"}


def escaped(text):
    """Text for the middle of a line; what may be copied from the page keeps its plain hyphens."""

    def token(match):
        word = match.group(0).replace("\\", r"\e")
        plain = re.fullmatch(r"[(‘'\"]*[A-Za-z]+(-[A-Za-z]+)+[.,;:)’'\"]*", word)
        if plain and not any(name in word for name in NAMES):
            return word
        return word.replace("-", r"\-")

    return re.sub(r"\S+", token, text)


def line(text):
    """A line of its own, that no macro can be taken for."""
    text = escaped(text)
    return r"\&" + text if text[:1] in (".", "'") else text


def bold(text):
    return r"\fB" + escaped(text) + r"\fR"


def italic(text):
    return r"\fI" + escaped(text) + r"\fR"


def literal(lines):
    """Lines as they are, such as an example or what a file holds."""
    return [".IP", ".nf", *(line(text) for text in lines), ".fi"]


def paragraphs(text):
    """A text's paragraphs; one whose later lines are indented is a list with its head first."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        if len(lines) > 1 and all(text.startswith("  ") for text in lines[1:]):
            yield lines[0], [text[2:] for text in lines[1:]]
        else:
            yield " ".join(text.strip() for text in lines), []


def head(name, section, date, version):
    return [
        f'.TH "{name.upper()}" {section} {date} "Skin2Vec {version}" "Skin2Vec station"',
        ".nh",
        ".ad l",
    ]


def joined(lines):
    """A page's text; a paragraph that begins with its section needs no mark of its own."""
    kept = []
    for text in lines:
        if text == ".PP" and kept and re.match(r"\.(SH|SS|RS|PP)\b", kept[-1]):
            continue
        kept.append(text)
    return "\n".join(kept) + "\n"
