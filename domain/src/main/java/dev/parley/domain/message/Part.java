package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

/** One item of interleaved content. */
public sealed interface Part {

    record Text(String text) implements Part {
        public Text {
            requireNonNull(text, "text");
        }
    }

    record Image(ImageSource source) implements Part {
        public Image {
            requireNonNull(source, "source");
        }

        @Override
        public String text() {
            return "";
        }
    }

    /** The item's text; empty for an image. */
    String text();
}
