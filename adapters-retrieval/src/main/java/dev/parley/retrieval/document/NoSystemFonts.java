package dev.parley.retrieval.document;

import java.io.IOException;
import java.io.InputStream;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * One font for every one that a PDF does not bring. PDFBox would look through all fonts of the machine and keep what it
 * found in a file in the user's folder, for letters that nobody draws here.
 */
final class NoSystemFonts implements FontMapper {

    /** What PDFBox itself takes when nothing else is there. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final TrueTypeFont font;

    NoSystemFonts() {
        try (InputStream resource = FontMapper.class.getResourceAsStream(FONT)) {
            if (resource == null) {
                throw new IllegalStateException("PDFBox has its font elsewhere");
            }
            font = new TTFParser().parse(RandomAccessReadBuffer.createBufferFromStream(resource));
        } catch (IOException unreadable) {
            throw new IllegalStateException("PDFBox brings a font that can't be read", unreadable);
        }
    }

    @Override
    public FontMapping<TrueTypeFont> getTrueTypeFont(String name, @Nullable PDFontDescriptor descriptor) {
        return new FontMapping<>(font, true);
    }

    @Override
    public FontMapping<FontBoxFont> getFontBoxFont(String name, @Nullable PDFontDescriptor descriptor) {
        return new FontMapping<>(font, true);
    }

    @Override
    public CIDFontMapping getCIDFont(
            String name, @Nullable PDFontDescriptor descriptor, @Nullable PDCIDSystemInfo info) {
        OpenTypeFont none = null;
        return new CIDFontMapping(none, font, true);
    }
}
