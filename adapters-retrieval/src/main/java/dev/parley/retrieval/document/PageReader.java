package dev.parley.retrieval.document;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/**
 * Reads pages. Not by way of Tika, whose reader of them takes time that grows with the square of how deep a page nests,
 * and can't be told to stop.
 */
final class PageReader {

    /** No page that is looked at is deeper; what is, becomes shallower and keeps its text. */
    private static final int DEPTH = 200;

    private PageReader() {}

    static void read(String page, Reading reading, TextCollector text) throws IOException {
        Document document;
        try (Reader source = new CheckedReader(new StringReader(page), reading)) {
            document = Parser.htmlParser().setMaxDepth(DEPTH).parseInput(source, "");
        }
        text.collapse(true);
        document.body().traverse(new Told(text));
        text.collapse(false);
    }

    /** Scripts and styles are no text to it. */
    private record Told(TextCollector text) implements NodeVisitor {

        @Override
        public void head(Node node, int depth) {
            switch (node) {
                case Element element -> text.begin(element.normalName());
                case TextNode words -> text.add(words.getWholeText());
                default -> {
                    // says nothing
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                text.end(element.normalName());
            }
        }
    }

    /** So that a page which takes too long ends with its next piece. */
    private static final class CheckedReader extends FilterReader {

        private final Reading reading;

        CheckedReader(Reader source, Reading reading) {
            super(source);
            this.reading = reading;
        }

        @Override
        public int read(char[] buffer, int start, int length) throws IOException {
            reading.check();
            return super.read(buffer, start, length);
        }
    }
}
