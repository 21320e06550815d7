package dev.parley.tools.search;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.tool.Source;
import dev.parley.tools.outgoing.Call;
import dev.parley.tools.outgoing.Outgoing;
import dev.parley.tools.outgoing.Reply;
import dev.parley.tools.outgoing.Watch;
import dev.parley.tools.outgoing.Words;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Searches by asking one search engine. Blocking. */
final class WebSearch {

    private static final Logger LOG = LoggerFactory.getLogger(WebSearch.class);

    private static final long LARGEST_ANSWER = 4 << 20;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_TEXT = 2000;
    private static final Pattern TAGS = Pattern.compile("</?[a-zA-Z][^<>]{0,200}>");

    private final SearchEngine engine;
    private final Supplier<Outgoing> outgoing;
    private final Optional<String> key;
    private final Duration timeout;

    /**
     * @param outgoing made when it is needed first
     * @param key that of the configuration
     */
    WebSearch(SearchEngine engine, Supplier<Outgoing> outgoing, Optional<String> key, Duration timeout) {
        this.engine = engine;
        this.outgoing = outgoing;
        this.key = key;
        this.timeout = timeout;
    }

    /** As what users bring a key of their own; empty where none is needed. */
    Optional<String> keyName() {
        return engine.keyName();
    }

    /**
     * The pages that were found, the best first; none when there are none.
     *
     * @param ownKey the user's, which is taken instead of that of the configuration
     * @throws ToolFailed when the search engine does not answer, or not so that it can be used
     */
    List<Source.Page> search(Query query, Optional<String> ownKey, Cancellation cancellation) throws ToolFailed {
        if (cancellation.requested().isPresent()) {
            throw new ToolFailed("the search was called off");
        }
        SearchEngine.Asked asked = engine.ask(query, key(ownKey));
        Call call;
        try {
            call = outgoing.get()
                    .call(
                            asked.method(),
                            asked.target(),
                            asked.headers(),
                            asked.body().orElse(null));
        } catch (IOException refused) {
            throw new ToolFailed("the search engine can't be reached: " + refused.getMessage());
        }
        try (call;
                Watch watch = new Watch(timeout, call::abort);
                Cancellation.Registration _ = cancellation.onRequest(
                        () -> Thread.ofVirtual().name("search-called-off").start(call::abort))) {
            try {
                Reply reply = call.send(timeout);
                requireSuccess(reply.status());
                try (InputStream body = reply.body(LARGEST_ANSWER)) {
                    return pages(query, body.readAllBytes());
                }
            } catch (IOException failed) {
                LOG.info("a search failed", failed);
                throw new ToolFailed(explanation(asked, failed, watch, cancellation));
            }
        }
    }

    private String key(Optional<String> ownKey) throws ToolFailed {
        Optional<String> name = engine.keyName();
        if (name.isEmpty()) {
            return "";
        }
        Optional<String> taken = ownKey.filter(text -> !text.isBlank()).or(() -> key);
        if (taken.isEmpty()) {
            throw new ToolFailed(
                    "the search engine needs a key: parley.web-search.api-key, or %s in the header X-LlamaStack-Provider-Data"
                            .formatted(name.get()));
        }
        if (!taken.get().chars().allMatch(unit -> unit > ' ' && unit < 0x7f)) {
            throw new ToolFailed("%s is no key that can be sent".formatted(name.get()));
        }
        return taken.get();
    }

    private static void requireSuccess(int status) throws ToolFailed {
        switch (status) {
            case 200 -> {
                // as it should be
            }
            case 401, 403 ->
                throw new ToolFailed("the search engine does not let this server in (status %d)".formatted(status));
            case 429 -> throw new ToolFailed("the search engine was asked too often; try again later");
            default -> throw new ToolFailed("the search engine answered with status %d".formatted(status));
        }
    }

    private String explanation(SearchEngine.Asked asked, IOException failed, Watch watch, Cancellation cancellation) {
        if (cancellation.requested().isPresent()) {
            return "the search was called off";
        }
        return watch.hasStruck()
                ? "the search engine did not answer within %d ms".formatted(timeout.toMillis())
                : "the search engine can't be used: " + Words.of(asked.target(), failed);
    }

    private List<Source.Page> pages(Query query, byte[] body) throws ToolFailed {
        JsonNode found;
        try {
            found = engine.pages(SearchEngine.JSON.readTree(body));
        } catch (JacksonException unreadable) {
            LOG.info("the search engine's answer can't be read", unreadable);
            throw new ToolFailed("the search engine's answer can't be read");
        }
        if (!found.isArray()) {
            throw new ToolFailed("the search engine's answer has no list of pages in it");
        }
        Map<String, Source.Page> pages = new LinkedHashMap<>();
        for (JsonNode page : found) {
            String url = page.path("url").asString("");
            if ((url.startsWith("http://") || url.startsWith("https://"))
                    && query.allows(url)
                    && pages.size() < query.most()) {
                pages.putIfAbsent(url, page(url, page));
            }
        }
        return List.copyOf(pages.values());
    }

    private static Source.Page page(String url, JsonNode page) {
        String title = plain(page.path("title").asString(""), LONGEST_TITLE);
        StringBuilder text = new StringBuilder(
                page.path("content").asString(page.path("description").asString("")));
        for (JsonNode more : page.path("extra_snippets")) {
            text.append('\n').append(more.asString(""));
        }
        return new Source.Page(url, title.isEmpty() ? url : title, plain(text.toString(), LONGEST_TEXT));
    }

    private static String plain(String text, int longest) {
        String plain = TAGS.matcher(text)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#x27;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip();
        return plain.length() <= longest ? plain : plain.substring(0, longest) + "…";
    }
}
