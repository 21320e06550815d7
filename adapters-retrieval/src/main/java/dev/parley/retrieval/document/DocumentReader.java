package dev.parley.retrieval.document;

import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.sax.SecureContentHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/** Reads documents with Tika, on the thread that wants them. To load this class is to load all of Tika. */
final class DocumentReader {

    /** Thrown for what is of a kind that is not read; what it says is for the sender. */
    @SuppressWarnings("serial") // never leaves the process
    static final class NotRead extends Exception {
        NotRead(String message) {
            super(message);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(DocumentReader.class);

    private static final String READABLE =
            "text, Markdown, HTML, PDF, Word, Excel, PowerPoint, OpenDocument, RTF and EPUB are read";

    /** Text of which more than this comes from one byte is not what anybody wrote. */
    private static final int MOST_CHARACTERS_FROM_A_BYTE = 1000;

    private final Kinds kinds = new Kinds();
    private final Map<Kind, Parser> parsers;

    DocumentReader(DocumentLimits limits) {
        BoundedFilters.install();
        FontMappers.set(new NoSystemFonts());
        ZipSecureFile.setMaxEntrySize(limits.maxUnpacked());
        ZipSecureFile.setMaxTextSize(limits.maxUnpacked());
        ZipSecureFile.setMaxFileCount(DocumentLimits.MAX_PARTS);
        // sizes are held against our own limit; rows of a table that are all alike pack better than this would allow
        ZipSecureFile.setMinInflateRatio(0.0001);
        parsers = Map.of(
                Kind.PDF, pdf(),
                Kind.OFFICE, new OfficeParser(),
                Kind.OFFICE_XML, new OOXMLParser(),
                Kind.OPEN_DOCUMENT, new OpenDocumentParser(),
                Kind.RICH_TEXT, new RTFParser(),
                Kind.EPUB, new EpubParser());
    }

    private static PDFParser pdf() {
        PDFParserConfig config = new PDFParserConfig();
        config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        config.setExtractInlineImages(false);
        config.setCatchIntermediateIOExceptions(true);
        // nothing goes to a file; the limit holds for what is unpacked
        config.setMaxMainMemoryBytes(-1);
        PDFParser parser = new PDFParser();
        parser.setPDFParserConfig(config);
        return parser;
    }

    /** Streams instead of trees: a tree takes many times the memory of the file. */
    private static OfficeParserConfig office() {
        OfficeParserConfig config = new OfficeParserConfig();
        config.setUseSAXDocxExtractor(true);
        config.setUseSAXPptxExtractor(true);
        config.setExtractMacros(false);
        config.setIncludeDeletedContent(false);
        return config;
    }

    /**
     * The text of a document that was sent.
     *
     * @throws UnreadableDocument in words for the sender. Whatever was thrown or swallowed on the way: when a limit was
     *     broken, that is why
     */
    String text(Raw document, Reading reading) throws UnreadableDocument {
        TextCollector text = new TextCollector(reading);
        try {
            read(document.content(), document.name(), document.mediaType(), 0, reading, text);
        } catch (NotRead notRead) {
            throw UnreadableDocument.unsupported(String.valueOf(notRead.getMessage()));
        } catch (IOException | SAXException | TikaException | RuntimeException broken) {
            throw new UnreadableDocument(reading.broken().orElseGet(() -> why(broken)));
        }
        Optional<String> limit = reading.broken();
        if (limit.isPresent()) {
            throw new UnreadableDocument(limit.get());
        }
        String tidy = TidyText.of(text.text());
        if (tidy.isEmpty()) {
            throw new UnreadableDocument("The document has no text in it; what is only in pictures is not read");
        }
        return tidy;
    }

    private static String why(Exception broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof EncryptedDocumentException) {
                return "The document is encrypted; send it without a password";
            }
        }
        LOG.debug("A document could not be read", broken);
        return "The document can't be read: it is broken, or not what it seems to be";
    }

    /**
     * Adds the text of a document to that of others.
     *
     * @param depth of documents in documents, 0 for that which was sent
     */
    void read(
            byte[] content,
            Optional<String> name,
            Optional<String> declared,
            int depth,
            Reading reading,
            TextCollector text)
            throws IOException, SAXException, TikaException, NotRead {
        reading.part(depth);
        try (TikaInputStream stream = TikaInputStream.get(content)) {
            boolean isZip = beginsAsZip(content);
            // before anything else touches it
            if (isZip) {
                UnpackedSize.check(content, reading);
            }
            Kinds.Found found = kinds.find(stream, isZip, name, declared);
            if (found.kind().isZip() && !isZip) {
                // some read a zip file behind whatever stands before it, each in a way of its own
                throw new IOException("only the name says that it is a zip file");
            }
            switch (found.kind()) {
                case UNREADABLE ->
                    throw new NotRead("Documents of the type %s are not read; %s".formatted(found.type(), READABLE));
                case TEXT -> readText(content, declared, text);
                case HTML -> PageReader.read(PlainText.decode(content, Kind.HTML, declared), reading, text);
                case PDF, OFFICE, OFFICE_XML, OPEN_DOCUMENT, RICH_TEXT, EPUB ->
                    parse(stream, found, depth, reading, text);
            }
        }
    }

    private static boolean beginsAsZip(byte[] content) {
        return content.length > 3 && content[0] == 'P' && content[1] == 'K' && content[2] == 3 && content[3] == 4;
    }

    private static void readText(byte[] content, Optional<String> declared, TextCollector text)
            throws IOException, NotRead {
        String decoded = PlainText.decode(content, Kind.TEXT, declared);
        if (!PlainText.isText(decoded)) {
            throw new NotRead("The document is no text; " + READABLE);
        }
        text.append(decoded);
    }

    private void parse(TikaInputStream stream, Kinds.Found found, int depth, Reading reading, TextCollector text)
            throws IOException, SAXException, TikaException {
        Metadata metadata = new Metadata();
        metadata.set(Metadata.CONTENT_TYPE, found.type().toString());
        SecureContentHandler bounded = new SecureContentHandler(text, stream);
        bounded.setMaximumCompressionRatio(MOST_CHARACTERS_FROM_A_BYTE);
        Parser parser = parsers.get(found.kind());
        if (parser == null) {
            throw new IllegalStateException("no parser for " + found.kind());
        }
        try {
            parser.parse(stream, bounded, metadata, context(depth, reading, text));
        } catch (SAXException failed) {
            bounded.throwIfCauseOf(failed);
            throw failed;
        }
    }

    private ParseContext context(int depth, Reading reading, TextCollector text) {
        ParseContext context = new ParseContext();
        context.set(OfficeParserConfig.class, office());
        context.set(EncodingDetector.class, new MeasuredPages(reading));
        context.set(EmbeddedDocumentExtractor.class, new NestedDocuments(this, depth, reading, text));
        return context;
    }
}
