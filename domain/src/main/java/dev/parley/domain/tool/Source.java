package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Citation;

/** What a tool has found and an answer can name as where it has something from (responses-api 5.7). */
public sealed interface Source {

    /** A page of the web. */
    record Page(String url, String title, String text) implements Source {
        public Page {
            requireNonNull(url, "url");
            requireNonNull(title, "title");
            requireNonNull(text, "text");
        }

        @Override
        public String name() {
            return "%s (%s)".formatted(title, url);
        }
    }

    /** A file that was searched. */
    record File(String fileId, String filename, String text) implements Source {
        public File {
            requireNonNull(fileId, "fileId");
            requireNonNull(filename, "filename");
            requireNonNull(text, "text");
        }

        @Override
        public String name() {
            return filename;
        }
    }

    /** A file that a program has written. */
    record ContainerFile(String containerId, String fileId, String filename, String text) implements Source {
        public ContainerFile {
            requireNonNull(containerId, "containerId");
            requireNonNull(fileId, "fileId");
            requireNonNull(filename, "filename");
            requireNonNull(text, "text");
        }

        @Override
        public String name() {
            return filename;
        }
    }

    /** What the model reads of it; may be empty. */
    String text();

    /** What the model is told that it is. */
    String name();

    /**
     * Says that a stretch of a text comes from here.
     *
     * @param start of the stretch, in characters
     * @param end of the stretch, which the citation stands behind
     */
    default Citation cited(int start, int end) {
        return switch (this) {
            case Page page -> new Citation.Page(page.url(), page.title(), start, end);
            case File file -> new Citation.File(file.fileId(), file.filename(), end);
            case ContainerFile file ->
                new Citation.ContainerFile(file.containerId(), file.fileId(), file.filename(), start, end);
        };
    }
}
