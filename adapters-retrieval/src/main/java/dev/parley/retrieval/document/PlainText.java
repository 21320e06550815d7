package dev.parley.retrieval.document;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.html.HtmlEncodingDetector;
import org.apache.tika.parser.txt.Icu4jEncodingDetector;
import org.apache.tika.parser.txt.UniversalEncodingDetector;

/** Bytes to characters: what a mark says, else UTF-8 if it is, else what is declared, else what it looks like. */
final class PlainText {

    private static final Charset LAST_RESORT = Charset.forName("windows-1252");
    private static final Charset LATIN_1 = Charset.forName("ISO-8859-1");
    private static final int LOOKED_AT = 64 * 1024;

    private PlainText() {}

    static String decode(byte[] content, Kind kind, Optional<String> declared) throws IOException {
        Optional<Charset> marked = marked(content);
        if (marked.isPresent()) {
            return new String(content, marked.get()).substring(1);
        }
        boolean hasZeros = hasZeros(content);
        if (!hasZeros) {
            Optional<String> utf8 = strictly(content, UTF_8);
            if (utf8.isPresent()) {
                return utf8.get();
            }
        }
        Optional<String> asDeclared =
                declared.flatMap(PlainText::charsetIn).flatMap(charset -> strictly(content, charset));
        if (asDeclared.isPresent()) {
            return asDeclared.get();
        }
        return new String(content, hasZeros ? wide(content) : detected(content, kind));
    }

    /** Whether it is text at all: a file may be called what it likes. */
    static boolean isText(String text) {
        int looked = Math.min(text.length(), LOOKED_AT);
        int strange = 0;
        for (int place = 0; place < looked; place++) {
            char character = text.charAt(place);
            boolean isControl = Character.isISOControl(character) && !Character.isWhitespace(character);
            if (isControl || character == '\uFFFD') {
                strange++;
            }
        }
        return strange <= looked / 50;
    }

    private static Optional<Charset> marked(byte[] content) {
        if (content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF) {
            return Optional.of(UTF_8);
        }
        if (content.length >= 2 && content[0] == (byte) 0xFE && content[1] == (byte) 0xFF) {
            return Optional.of(UTF_16BE);
        }
        if (content.length >= 2 && content[0] == (byte) 0xFF && content[1] == (byte) 0xFE) {
            return Optional.of(UTF_16LE);
        }
        return Optional.empty();
    }

    private static Optional<String> strictly(byte[] content, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(content)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Optional<Charset> charsetIn(String mediaType) {
        MediaType type = MediaType.parse(mediaType);
        String name = type == null ? null : type.getParameters().get("charset");
        try {
            return Optional.ofNullable(name).map(Charset::forName);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }

    private static boolean hasZeros(byte[] content) {
        for (int place = 0; place < Math.min(content.length, LOOKED_AT); place++) {
            if (content[place] == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Two bytes for each character: the zeros tell which of them is the upper one. Where they are on both sides, it is no
     * text, and whatever it is decoded by will show that.
     */
    private static Charset wide(byte[] content) {
        int even = 0;
        int odd = 0;
        for (int place = 0; place + 1 < Math.min(content.length, LOOKED_AT); place += 2) {
            even += content[place] == 0 ? 1 : 0;
            odd += content[place + 1] == 0 ? 1 : 0;
        }
        if (even > 4 * odd) {
            return UTF_16BE;
        }
        return odd > 4 * even ? UTF_16LE : LATIN_1;
    }

    private static Charset detected(byte[] content, Kind kind) throws IOException {
        List<EncodingDetector> detectors = kind == Kind.HTML
                ? List.of(new HtmlEncodingDetector(), new Icu4jEncodingDetector(), new UniversalEncodingDetector())
                : List.of(new Icu4jEncodingDetector(), new UniversalEncodingDetector());
        for (EncodingDetector detector : detectors) {
            try (TikaInputStream stream = TikaInputStream.get(content)) {
                Charset found = detector.detect(stream, new Metadata());
                // what is called Latin-1 is the Windows character set more often than not, which has it in it
                if (found != null) {
                    return found.equals(LATIN_1) ? LAST_RESORT : found;
                }
            }
        }
        return LAST_RESORT;
    }
}
