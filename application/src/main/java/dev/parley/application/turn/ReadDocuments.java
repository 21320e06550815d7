package dev.parley.application.turn;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.Downloads;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.turn.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches and reads the documents that come with a turn, before the turn begins (agents-api 5.4). */
public final class ReadDocuments {

    private static final int MOST_ADDRESSES = 32;

    /** More than any model reads. */
    private static final int MOST_CHARACTERS = 10_000_000;

    private final Downloads downloads;
    private final DocumentParser parser;

    public ReadDocuments(Downloads downloads, DocumentParser parser) {
        this.downloads = downloads;
        this.parser = parser;
    }

    /**
     * The documents as a model can read them, in their order. Blocks while those that are addresses are fetched, one after
     * the other.
     *
     * @throws Refusal when there are too many, or one can't be fetched or read; it names the document
     */
    List<Document> read(List<GivenDocument> given, Cancellation cancellation) {
        long addresses =
                given.stream().filter(GivenDocument.ByUrl.class::isInstance).count();
        if (addresses > MOST_ADDRESSES) {
            throw Refusal.invalid(
                    "documents",
                    "documents has %d addresses to fetch; give at most %d, and put more into a vector store"
                            .formatted(addresses, MOST_ADDRESSES));
        }
        List<Document> documents = new ArrayList<>();
        long length = 0;
        for (int index = 0; index < given.size(); index++) {
            documents.add(
                    switch (given.get(index)) {
                        case GivenDocument.AtHand(Document document) -> document;
                        case GivenDocument.ByUrl(String url, String mimeType) ->
                            fetched("documents[%d].content".formatted(index), url, mimeType, cancellation);
                    });
            length += documents.getLast().content().text().length();
            if (length > MOST_CHARACTERS) {
                throw Refusal.invalid(
                        "documents[%d].content".formatted(index),
                        "documents has more than %d characters with documents[%d]; put some of them into a vector store"
                                .formatted(MOST_CHARACTERS, index));
            }
        }
        return List.copyOf(documents);
    }

    private Document fetched(String field, String url, String mimeType, Cancellation cancellation) {
        try {
            Downloads.Download download = downloads.fetch(url, cancellation);
            String text = parser.text(new DocumentParser.Raw(
                    download.content(), Optional.of(download.mediaTypeAs(mimeType)), download.name()));
            return new Document(Content.of(text), mimeType);
        } catch (Downloads.DownloadFailed failed) {
            throw Refusal.invalid(field, "%s could not be fetched: %s".formatted(field, failed.explanation()));
        } catch (DocumentParser.UnreadableDocument unreadable) {
            throw Refusal.invalid(field, "%s could not be read: %s".formatted(field, unreadable.explanation()));
        }
    }
}
