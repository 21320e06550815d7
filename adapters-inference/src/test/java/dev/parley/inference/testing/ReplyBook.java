package dev.parley.inference.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides which reply a request gets. */
final class ReplyBook {

    private record Rule(Predicate<RecordedRequest> fits, Function<RecordedRequest, Reply> reply) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Reply> paths = new ConcurrentHashMap<>();
    private final Queue<Reply> queue = new ConcurrentLinkedQueue<>();
    private volatile Function<RecordedRequest, Reply> otherwise = ReplyBook::notScripted;
    private volatile Reply models = modelList(List.of());
    private volatile Optional<Function<RecordedRequest, Reply>> embeddings = Optional.empty();

    void enqueue(List<Reply> replies) {
        queue.addAll(replies);
    }

    void rule(Predicate<RecordedRequest> fits, Function<RecordedRequest, Reply> reply) {
        rules.add(new Rule(fits, reply));
    }

    void otherwise(Function<RecordedRequest, Reply> reply) {
        otherwise = reply;
    }

    void path(String path, Reply reply) {
        paths.put(path, reply);
    }

    void models(Reply reply) {
        models = reply;
    }

    void embeddings(Function<RecordedRequest, Reply> reply) {
        embeddings = Optional.of(reply);
    }

    Reply answer(RecordedRequest request) {
        if (request.isModels()) {
            return models;
        }
        if (request.isEmbeddings() && embeddings.isPresent()) {
            return embeddings.get().apply(request);
        }
        if (!request.isChat()) {
            Reply reply = paths.get(request.path());
            return reply != null && request.method().equals("POST")
                    ? reply
                    : Reply.body(404, "text/plain", "404 page not found");
        }
        if (!readable(request)) {
            return refusal("The body is not a JSON object.");
        }
        for (Rule rule : rules) {
            if (rule.fits().test(request)) {
                return rule.reply().apply(request);
            }
        }
        Reply queued = queue.poll();
        return queued != null ? queued : otherwise.apply(request);
    }

    static Reply modelList(List<String> ids) {
        return Reply.json(
                200,
                ids.stream()
                        .map(id -> "{\"id\":%s,\"object\":\"model\",\"created\":1686935002,\"owned_by\":\"library\"}"
                                .formatted(Json.quote(id)))
                        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
    }

    /** The 400 of OpenAI with a message. No client repeats a request after it. */
    static Reply refusal(String message) {
        return Reply.json(
                400,
                "{\"error\":{\"message\":%s,\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
                        .formatted(Json.quote(message)));
    }

    private static Reply notScripted(RecordedRequest request) {
        return refusal("No reply is scripted for " + request.method() + " " + request.path());
    }

    private static boolean readable(RecordedRequest request) {
        try {
            request.chat();
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
