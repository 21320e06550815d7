package dev.parley.retrieval.document;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.detect.CompositeDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.odf.OpenDocumentParser;

/** Finds out what a document is: its content first; its name and what its sender calls it are hints. */
final class Kinds {

    /** What a document was found to be. */
    record Found(Kind kind, MediaType type) {}

    private static final Set<MediaType> HTML = Set.of(MediaType.TEXT_HTML, MediaType.application("xhtml+xml"));
    private static final MediaType PDF = MediaType.application("pdf");
    private static final MediaType RTF = MediaType.application("rtf");
    private static final MediaType EPUB = MediaType.application("epub+zip");

    private final MimeTypes known = MimeTypes.getDefaultMimeTypes();
    private final MediaTypeRegistry registry = known.getMediaTypeRegistry();
    private final Detector detector = new CompositeDetector(registry, List.of(new POIFSContainerDetector(), known));
    private final Detector zipDetector = new CompositeDetector(
            registry, List.of(new POIFSContainerDetector(), new DefaultZipContainerDetector(), known));
    private final Set<MediaType> office = new OfficeParser().getSupportedTypes(new ParseContext());
    private final Set<MediaType> officeXml = new OOXMLParser().getSupportedTypes(new ParseContext());
    private final Set<MediaType> openDocument = new OpenDocumentParser().getSupportedTypes(new ParseContext());

    /** @param isZip whether it is a zip file that may be looked into; it is not opened otherwise */
    Found find(TikaInputStream content, boolean isZip, Optional<String> name, Optional<String> declared)
            throws IOException {
        Metadata hints = new Metadata();
        name.ifPresent(given -> hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, given));
        // without its parameters: with them it would be a type of its own, which is not known, and be kept for ever
        declared.map(MediaType::parse)
                .ifPresent(given ->
                        hints.set(HttpHeaders.CONTENT_TYPE, given.getBaseType().toString()));
        MediaType type = (isZip ? zipDetector : detector).detect(content, hints).getBaseType();
        Kind kind = kindOf(type);
        boolean hasMarkup = kind == Kind.HTML || registry.isInstanceOf(type, MediaType.APPLICATION_XML);
        if (hasMarkup && isTextWithMarkup(name, declared)) {
            return new Found(Kind.TEXT, MediaType.TEXT_PLAIN);
        }
        return new Found(kind, type);
    }

    /** Markdown and code may well begin with a tag, and would lose their lines if they were read as a page. */
    private boolean isTextWithMarkup(Optional<String> name, Optional<String> declared) throws IOException {
        Optional<MediaType> hint = name.isPresent() ? Optional.of(byName(name.get())) : declared.map(MediaType::parse);
        return hint.map(MediaType::getBaseType)
                .filter(type -> !type.equals(MediaType.TEXT_PLAIN) && !type.equals(MediaType.OCTET_STREAM))
                .filter(type -> kindOf(type) == Kind.TEXT)
                .isPresent();
    }

    private MediaType byName(String name) throws IOException {
        Metadata hints = new Metadata();
        hints.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
        return known.detect(null, hints);
    }

    private Kind kindOf(MediaType type) {
        if (HTML.contains(type)) {
            return Kind.HTML;
        }
        if (PDF.equals(type)) {
            return Kind.PDF;
        }
        if (RTF.equals(type)) {
            return Kind.RICH_TEXT;
        }
        if (EPUB.equals(type)) {
            return Kind.EPUB;
        }
        if (officeXml.contains(type)) {
            return Kind.OFFICE_XML;
        }
        if (openDocument.contains(type)) {
            return Kind.OPEN_DOCUMENT;
        }
        if (office.contains(type)) {
            return Kind.OFFICE;
        }
        boolean isText = registry.isInstanceOf(type, MediaType.TEXT_PLAIN)
                || registry.isInstanceOf(type, MediaType.APPLICATION_XML);
        return isText || "text".equals(type.getType()) ? Kind.TEXT : Kind.UNREADABLE;
    }
}
