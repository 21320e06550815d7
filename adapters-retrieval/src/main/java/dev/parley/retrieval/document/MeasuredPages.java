package dev.parley.retrieval.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.apache.tika.detect.DefaultEncodingDetector;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.html.JSoupParser;

/**
 * The text of a mail may be a page, of which Tika makes a tree without a limit. It asks for the page's characters before
 * that, and here they are measured.
 */
@SuppressWarnings("serial") // never leaves the process
final class MeasuredPages implements EncodingDetector {

    private static final EncodingDetector USUAL = new DefaultEncodingDetector();

    private final transient Reading reading;

    MeasuredPages(Reading reading) {
        this.reading = reading;
    }

    @Override
    public Charset detect(InputStream page, Metadata metadata) throws IOException {
        Charset found = USUAL.detect(page, metadata);
        Charset charset = found == null ? JSoupParser.DEFAULT_CHARSET : found;
        page.mark(Integer.MAX_VALUE);
        PageReader.measure(new String(page.readAllBytes(), charset), reading);
        page.reset();
        return charset;
    }
}
