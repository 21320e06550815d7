package dev.parley.domain.item;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import java.util.List;
import java.util.Optional;

/** One part of a message, or of the answer to a call (responses-api 3). */
public sealed interface ItemPart {

    record InputText(String text) implements ItemPart {
        public InputText {
            requireNonNull(text, "text");
        }
    }

    /**
     * An image, by its address or as a file.
     *
     * @param url {@code http(s):} or {@code data:}
     */
    record InputImage(Optional<String> url, Optional<String> fileId, Optional<String> detail) implements ItemPart {
        public InputImage {
            requireNonNull(url, "url");
            requireNonNull(fileId, "fileId");
            requireNonNull(detail, "detail");
        }
    }

    /**
     * A file, in one of three ways.
     *
     * @param data base64, bare or as a {@code data:} address
     */
    record InputFile(
            Optional<String> fileId,
            Optional<String> filename,
            Optional<String> data,
            Optional<String> url,
            Optional<String> detail)
            implements ItemPart {
        public InputFile {
            requireNonNull(fileId, "fileId");
            requireNonNull(filename, "filename");
            requireNonNull(data, "data");
            requireNonNull(url, "url");
            requireNonNull(detail, "detail");
        }
    }

    /**
     * What a model said.
     *
     * @param citations where it says that it has something from, in the order of their places
     * @param logprobs an array, often empty
     */
    record OutputText(String text, List<Citation> citations, JsonText logprobs) implements ItemPart {
        public OutputText {
            requireNonNull(text, "text");
            citations = List.copyOf(citations);
            requireNonNull(logprobs, "logprobs");
        }
    }

    /** What a model said instead of an answer. */
    record Refused(String text) implements ItemPart {
        public Refused {
            requireNonNull(text, "text");
        }
    }
}
