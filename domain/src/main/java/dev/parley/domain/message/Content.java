package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Interleaved content. It goes back to clients in the shape that it came in (a string stays a string, one item stays
 * one item), so the three shapes are three cases; readers that do not care ask {@link #parts()} or {@link #text()}.
 */
public sealed interface Content {

    /** A bare string. */
    record Plain(String text) implements Content {
        public Plain {
            requireNonNull(text, "text");
        }

        @Override
        public List<Part> parts() {
            return List.of(new Part.Text(text));
        }
    }

    /** One item outside a list. */
    record Single(Part part) implements Content {
        public Single {
            requireNonNull(part, "part");
        }

        @Override
        public List<Part> parts() {
            return List.of(part);
        }

        @Override
        public String text() {
            return part.text();
        }
    }

    /** A list of items, possibly empty. */
    record Parts(List<Part> parts) implements Content {
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        public String text() {
            return parts.stream()
                    .filter(Part.Text.class::isInstance)
                    .map(Part::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    /** No content at all, as an empty string. */
    Content EMPTY = new Plain("");

    static Content of(String text) {
        return new Plain(text);
    }

    /** The content as items, whatever its shape. */
    List<Part> parts();

    /** The text of all text items, one per line; empty when there is none. */
    String text();
}
