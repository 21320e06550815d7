package dev.parley.application.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.Downloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Addresses that have what they were given, and a reader that takes every document for text, but for those that it was told of. */
public final class ScriptedDocuments implements Downloads, DocumentParser {

    private final Map<String, Download> pages = new ConcurrentHashMap<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private final List<Raw> read = new CopyOnWriteArrayList<>();
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();

    /** Has an address bring a text. */
    public ScriptedDocuments page(String url, String mediaType, String text) {
        pages.put(url, new Download(text.getBytes(UTF_8), Optional.of(mediaType), Optional.of("page")));
        return this;
    }

    /** Has documents that begin with a word be no documents. */
    public ScriptedDocuments unreadable(String word, String why) {
        unreadable.put(word, why);
        return this;
    }

    /** The addresses that were fetched so far. */
    public List<String> fetched() {
        return List.copyOf(fetched);
    }

    /** What was read so far. */
    public List<Raw> read() {
        return new ArrayList<>(read);
    }

    @Override
    public Download fetch(String url, Cancellation cancellation) throws DownloadFailed {
        fetched.add(url);
        Download page = pages.get(url);
        if (page == null) {
            throw new DownloadFailed("nothing is there");
        }
        return page;
    }

    @Override
    public String text(Raw document) throws UnreadableDocument {
        read.add(document);
        String text = new String(document.content(), UTF_8);
        for (Map.Entry<String, String> word : unreadable.entrySet()) {
            if (text.startsWith(word.getKey())) {
                throw new UnreadableDocument(word.getValue());
            }
        }
        return text;
    }
}
