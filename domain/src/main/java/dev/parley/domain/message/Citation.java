package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

/** Where a stretch of an answer comes from. Places count the characters (code points) of the text. */
public sealed interface Citation {

    /** A page of the web. */
    record Page(String url, String title, int start, int end) implements Citation {
        public Page {
            requireNonNull(url, "url");
            requireNonNull(title, "title");
        }
    }

    /** @param place where in the text it belongs */
    record File(String fileId, String filename, int place) implements Citation {
        public File {
            requireNonNull(fileId, "fileId");
            requireNonNull(filename, "filename");
        }
    }

    /** A file that a program has written. */
    record ContainerFile(String containerId, String fileId, String filename, int start, int end) implements Citation {
        public ContainerFile {
            requireNonNull(containerId, "containerId");
            requireNonNull(fileId, "fileId");
            requireNonNull(filename, "filename");
        }
    }

    /** One that a client brought and that is given back as it is. */
    record Opaque(JsonText json) implements Citation {
        public Opaque {
            requireNonNull(json, "json");
        }
    }
}
