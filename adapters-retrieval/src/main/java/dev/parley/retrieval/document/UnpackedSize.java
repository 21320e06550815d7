package dev.parley.retrieval.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Unpacks a zip file once and keeps nothing, before anybody does who keeps all of it: what its directory says of its size
 * need not be true.
 */
final class UnpackedSize {

    private UnpackedSize() {}

    /**
     * Both ways, by what stands at the beginning of each entry and by the directory at the end, because they need not say
     * the same, and it is not ours to choose which of them is believed.
     *
     * @throws IOException when it is broken
     */
    static void check(byte[] content, Reading reading) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long sum = 0;
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(content))) {
            while (entries.getNextEntry() != null) {
                for (int count = entries.read(buffer); count >= 0; count = entries.read(buffer)) {
                    sum += count;
                    reading.requireRoom(sum);
                }
            }
        } catch (IOException _) {
            // an entry of which only the directory knows the size, which is nothing wrong
        }
        try (ZipFile file = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get()) {
            Enumeration<ZipArchiveEntry> entries = file.getEntries();
            while (entries.hasMoreElements()) {
                reading.part(0);
                try (InputStream entry = file.getInputStream(entries.nextElement())) {
                    if (entry != null) {
                        for (int count = entry.read(buffer); count >= 0; count = entry.read(buffer)) {
                            reading.unpacked(count);
                        }
                    }
                }
            }
        }
    }
}
