package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

/** Where the bytes of an image are. */
public sealed interface ImageSource {

    /** An address, {@code http(s):} or {@code data:}; never fetched by the model. */
    record Uri(String uri) implements ImageSource {
        public Uri {
            requireNonNull(uri, "uri");
        }

        @Override
        public String address() {
            return uri;
        }
    }

    /** The bytes themselves, in base64. */
    record Data(String base64) implements ImageSource {
        public Data {
            requireNonNull(base64, "base64");
        }

        @Override
        public String address() {
            return "data:%s;base64,%s".formatted(mediaType(), base64);
        }

        /** Told from the first bytes, as the client says nothing of it. */
        private String mediaType() {
            if (base64.startsWith("/9j/")) {
                return "image/jpeg";
            }
            if (base64.startsWith("R0lGOD")) {
                return "image/gif";
            }
            return base64.startsWith("UklGR") ? "image/webp" : "image/png";
        }
    }

    /** The image as one address, which is a {@code data:} one where the bytes are at hand. */
    String address();
}
