package dev.parley.retrieval.document;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * PDFBox unpacks each stream of a PDF into memory, however large it becomes, and has no limit to set. So each of its
 * filters is replaced by one that counts.
 */
final class BoundedFilters {

    /** A row of a picture that text might be predicted from has fewer bytes. */
    private static final long LONGEST_ROW = 16L << 20;

    private BoundedFilters() {}

    /**
     * For the whole process; where nothing is being read by this module, nothing changes.
     *
     * @throws IllegalStateException when PDFBox has changed; then no PDF can be read safely
     */
    static void install() {
        try {
            Field field = FilterFactory.class.getDeclaredField("filters");
            field.setAccessible(true);
            if (!(field.get(FilterFactory.INSTANCE) instanceof Map<?, ?> filters) || filters.isEmpty()) {
                throw new IllegalStateException("PDFBox keeps its filters elsewhere");
            }
            @SuppressWarnings("unchecked") // as it is declared there
            Map<COSName, Filter> replaced = (Map<COSName, Filter>) filters;
            replaced.replaceAll((_, filter) -> filter instanceof Bounded ? filter : new Bounded(filter));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("PDFBox keeps its filters elsewhere", changed);
        }
    }

    private static final class Bounded extends Filter {

        private final Filter filter;

        Bounded(Filter filter) {
            this.filter = filter;
        }

        @Override
        public DecodeResult decode(InputStream encoded, OutputStream decoded, COSDictionary parameters, int index)
                throws IOException {
            requireShortRows(parameters, index);
            return filter.decode(encoded, counted(decoded), parameters, index);
        }

        @Override
        public DecodeResult decode(
                InputStream encoded, OutputStream decoded, COSDictionary parameters, int index, DecodeOptions options)
                throws IOException {
            requireShortRows(parameters, index);
            return filter.decode(encoded, counted(decoded), parameters, index, options);
        }

        @Override
        protected void encode(InputStream plain, OutputStream encoded, COSDictionary parameters) throws IOException {
            filter.encode(plain, encoded, parameters, 0);
        }

        /** Two of them are held in memory before the first byte is unpacked. */
        private void requireShortRows(COSDictionary parameters, int index) throws IOException {
            COSDictionary asked = getDecodeParams(parameters, index);
            long bits = Math.clamp(asked.getInt(COSName.COLORS, 1), 1, 1024)
                    * (long) Math.clamp(asked.getInt(COSName.BITS_PER_COMPONENT, 8), 1, 1024)
                    * Math.max(1, asked.getInt(COSName.COLUMNS, 1));
            if (bits / 8 > LONGEST_ROW) {
                throw new IOException("rows that are too long");
            }
        }

        private static OutputStream counted(OutputStream decoded) {
            return Reading.CURRENT.isBound() ? new Counted(decoded, Reading.CURRENT.get()) : decoded;
        }
    }

    private static final class Counted extends FilterOutputStream {

        /** What is written letter by letter is not checked letter by letter. */
        private static final int LETTERS = 4096;

        private final Reading reading;
        private int letters;

        Counted(OutputStream decoded, Reading reading) {
            super(decoded);
            this.reading = reading;
        }

        @Override
        public void write(int one) throws IOException {
            if (++letters == LETTERS) {
                reading.unpacked(letters);
                letters = 0;
            }
            out.write(one);
        }

        @Override
        public void write(byte[] buffer, int start, int length) throws IOException {
            reading.unpacked(length);
            out.write(buffer, start, length);
        }
    }
}
