package dev.parley.retrieval.document;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jsoup.select.NodeVisitor;

/**
 * Reads pages. Not by way of Tika, whose reader of them takes time that grows with the square of how deep a page nests,
 * and can't be told to stop.
 */
final class PageReader {

    /** No page that is looked at is deeper; what is, becomes shallower and keeps its text. */
    private static final int DEPTH = 200;

    /** And of elements that come of them: a few hundred bytes of memory each. */
    private static final int MOST_TAGS = 200_000;

    /** Elements with more of them count for several. */
    private static final int USUAL_ATTRIBUTES = 8;

    private PageReader() {}

    static void read(String page, Reading reading, TextCollector text) throws IOException {
        Document document = tree(page, reading);
        text.collapse(true);
        document.body().traverse(new Told(text));
        text.collapse(false);
    }

    /** Breaks the limit of the reading where a page is too large to be made a tree of, by whomever. */
    static void measure(String page, Reading reading) throws IOException {
        Document _ = tree(page, reading);
    }

    private static void requireFewTags(String page, Reading reading) {
        int tags = 0;
        for (int place = page.indexOf('<'); place >= 0; place = page.indexOf('<', place + 1)) {
            tags++;
        }
        requireFew(tags, reading);
    }

    private static void requireFew(int tags, Reading reading) {
        if (tags > MOST_TAGS) {
            reading.abandon(
                    "The page has more than %d tags, with those that go on in each paragraph until they are closed; send it in parts"
                            .formatted(MOST_TAGS));
        }
        reading.check();
    }

    /**
     * A tag that is not closed, such as {@code <b>}, is repeated in each paragraph behind it, with its attributes. So the
     * elements are counted while they come, and for more when they have many attributes.
     */
    private static Document tree(String page, Reading reading) throws IOException {
        requireFewTags(page, reading);
        try (Reader source = new CheckedReader(new StringReader(page), reading);
                StreamParser parser = new StreamParser(Parser.htmlParser().setMaxDepth(DEPTH)).parse(source, "")) {
            Document document = parser.document();
            Iterator<Element> closed = parser.iterator();
            int elements = 0;
            while (closed.hasNext()) {
                elements += 1 + closed.next().attributesSize() / USUAL_ATTRIBUTES;
                requireFew(elements, reading);
            }
            return document;
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
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
