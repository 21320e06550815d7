package dev.parley.retrieval.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** Documents in a document are read behind it; pictures, and what can't be read, are left out. */
final class NestedDocuments implements EmbeddedDocumentExtractor {

    private static final Logger LOG = LoggerFactory.getLogger(NestedDocuments.class);

    private final DocumentReader reader;
    private final int depth;
    private final Reading reading;
    private final TextCollector text;

    NestedDocuments(DocumentReader reader, int depth, Reading reading, TextCollector text) {
        this.reader = reader;
        this.depth = depth;
        this.reading = reading;
        this.text = text;
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
        reading.check();
        String type = metadata.get(Metadata.CONTENT_TYPE);
        return type == null || !(type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/"));
    }

    @Override
    public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            reading.unpacked(count);
            content.write(buffer, 0, count);
        }
        try {
            reader.read(
                    content.toByteArray(),
                    Optional.ofNullable(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY)),
                    Optional.ofNullable(metadata.get(Metadata.CONTENT_TYPE)),
                    depth + 1,
                    reading,
                    text);
        } catch (IOException | SAXException | TikaException | DocumentReader.NotRead unreadable) {
            reading.check();
            LOG.debug("a document in a document is left out", unreadable);
        }
    }
}
