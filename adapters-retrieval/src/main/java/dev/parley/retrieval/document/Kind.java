package dev.parley.retrieval.document;

/** In how many ways documents are read. */
enum Kind {
    /** As it stands: plain text, Markdown, tables with commas, JSON, XML, code. */
    TEXT("text"),
    HTML("HTML"),
    PDF("PDF"),
    /** In a container of the older kind: doc, xls, ppt. */
    OFFICE("an Office document"),
    /** In a zip file: docx, xlsx, pptx. */
    OFFICE_XML("an Office document"),
    OPEN_DOCUMENT("an OpenDocument file"),
    RICH_TEXT("rich text"),
    EPUB("an EPUB book"),
    UNREADABLE("a document");

    private final String inWords;

    Kind(String inWords) {
        this.inWords = inWords;
    }

    String inWords() {
        return inWords;
    }

    /** Whether it is a zip file, whose size says little about its content's. */
    boolean isZip() {
        return switch (this) {
            case OFFICE_XML, OPEN_DOCUMENT, EPUB -> true;
            case TEXT, HTML, PDF, OFFICE, RICH_TEXT, UNREADABLE -> false;
        };
    }
}
