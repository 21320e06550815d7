package dev.parley.retrieval.document;

import java.util.Locale;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Makes text of what the parsers tell as XHTML: paragraphs apart, rows by lines, cells by tabs. */
final class TextCollector extends DefaultHandler {

    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "pre", "blockquote", "hr");
    private static final Set<String> LINES =
            Set.of("div", "tr", "li", "dt", "dd", "br", "section", "article", "header", "footer", "option", "title");

    private final Reading reading;
    private final StringBuilder text = new StringBuilder();
    private int inHead;
    private int inPre;
    private int inCell;

    /** Whether spaces and lines of the source mean nothing, as in pages. */
    private boolean collapsing;

    private boolean firstCell;

    TextCollector(Reading reading) {
        this.reading = reading;
    }

    void collapse(boolean collapse) {
        collapsing = collapse;
    }

    String text() {
        return text.toString();
    }

    /** What is a text of its own stands apart from what was before it. */
    void append(String whole) {
        reading.characters(whole.length());
        endLines(2);
        text.append(whole);
        endLines(2);
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) {
        begin(localName.toLowerCase(Locale.ROOT));
    }

    @Override
    public void endElement(String uri, String localName, String name) {
        end(localName.toLowerCase(Locale.ROOT));
    }

    @Override
    public void characters(char[] buffer, int start, int length) {
        add(new String(buffer, start, length));
    }

    /** @param element its name in small letters */
    void begin(String element) {
        reading.check();
        breakAt(element);
        switch (element) {
            case "head" -> inHead++;
            case "pre" -> inPre++;
            case "tr" -> firstCell = true;
            case "td", "th" -> {
                if (!firstCell) {
                    text.append('\t');
                }
                firstCell = false;
                inCell++;
            }
            default -> {
                // makes lines, or nothing
            }
        }
    }

    void end(String element) {
        switch (element) {
            case "head" -> inHead--;
            case "pre" -> inPre--;
            case "td", "th" -> inCell--;
            default -> {
                // makes lines, or nothing
            }
        }
        breakAt(element);
    }

    /** What is in a cell stays in its row. */
    private void breakAt(String element) {
        boolean isParagraph = PARAGRAPHS.contains(element);
        if (isParagraph || LINES.contains(element)) {
            if (inCell == 0) {
                endLines(isParagraph ? 2 : 1);
            } else if (!endsInSpace()) {
                text.append(' ');
            }
        }
    }

    void add(String words) {
        if (inHead > 0) {
            reading.check();
            return;
        }
        reading.characters(words.length());
        if (collapsing && inPre == 0) {
            addCollapsed(words);
        } else {
            text.append(words);
        }
    }

    /** The parsers lay their XHTML out, which for those of pages says nothing, and for a PDF is where its lines end. */
    @Override
    public void ignorableWhitespace(char[] buffer, int start, int length) {
        reading.check();
        if (length > 0 && buffer[start] == '\n' && !collapsing && inCell == 0) {
            endLines(1);
        }
    }

    private void addCollapsed(String words) {
        for (int place = 0; place < words.length(); place++) {
            char character = words.charAt(place);
            if (!Character.isWhitespace(character)) {
                text.append(character);
            } else if (!endsInSpace()) {
                text.append(' ');
            }
        }
    }

    private boolean endsInSpace() {
        return text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
    }

    /** So that the text ends in so many ends of lines at least, unless it is empty. */
    private void endLines(int count) {
        int there = 0;
        while (there < text.length() && text.charAt(text.length() - 1 - there) == '\n') {
            there++;
        }
        if (there < text.length()) {
            text.append("\n".repeat(Math.max(0, count - there)));
        }
    }
}
