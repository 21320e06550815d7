package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

/** Where the bytes of an image are. */
public sealed interface ImageSource {

    /** An address, {@code http(s):} or {@code data:}; never fetched by the model. */
    record Uri(String uri) implements ImageSource {
        public Uri {
            requireNonNull(uri, "uri");
        }
    }

    /** The bytes themselves, in base64. */
    record Data(String base64) implements ImageSource {
        public Data {
            requireNonNull(base64, "base64");
        }
    }
}
