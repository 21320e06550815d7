package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.ClientGone;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The models behind the server. Each test has one of its own, named as it likes, so that no test hears another's. */
final class PlayedModels implements AutoCloseable {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();

    PlayedModels() {
        upstream.otherwise(this::next).models("plain", "second-turn");
    }

    String baseUrl() {
        return upstream.baseUri().toString();
    }

    /** Has a model answer its next requests so, one each. */
    void enqueue(String model, Reply... more) {
        of(model).addAll(List.of(more));
    }

    /** Fails when nobody asked for some of the replies. */
    void requireAllUsed(String model) {
        if (!of(model).isEmpty()) {
            throw new AssertionError("the model was never asked for %d of its replies"
                    .formatted(of(model).size()));
        }
    }

    /** Hears what a model is asked from now on. */
    Listener listen(String model) {
        return new Listener(model);
    }

    /** What the model was asked so far. */
    List<RecordedRequest> requests(String model) {
        return upstream.requests().stream()
                .filter(request -> isFor(request, model))
                .toList();
    }

    /** Those of the model's requests whose client left before it had the whole reply. */
    List<ClientGone> abandoned(String model) {
        return upstream.clientsGone().stream()
                .filter(gone -> isFor(gone.request(), model))
                .toList();
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** Hears what one model is asked. */
    final class Listener {

        private final String model;
        private int heard;

        private Listener(String model) {
            this.model = model;
            heard = requests(model).size();
        }

        /** What the model was asked since the last time. */
        Asked more() {
            List<RecordedRequest> all = requests(model);
            List<RecordedRequest> more = all.subList(heard, all.size());
            heard = all.size();
            return new Asked(more);
        }
    }

    private Reply next(RecordedRequest request) {
        Reply reply = of(request.chat().model().orElse("")).poll();
        return reply != null
                ? reply
                : Reply.json(400, "{\"error\":{\"message\":\"the script has no reply for this\"}}");
    }

    private Queue<Reply> of(String model) {
        return replies.computeIfAbsent(model, _ -> new ConcurrentLinkedQueue<>());
    }

    private static boolean isFor(RecordedRequest request, String model) {
        return request.chat().model().equals(Optional.of(model));
    }
}
