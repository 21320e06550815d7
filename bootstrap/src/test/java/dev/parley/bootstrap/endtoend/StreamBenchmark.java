package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.inference.testing.DemoUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * How long a token takes through the whole packaged server, and how many slow streams it bears. Run by hand; what it prints depends
 * on the machine, which the model, the server with its database and this reader share.
 */
final class StreamBenchmark implements AutoCloseable {

    private static final String MODEL = "scripted-model";
    private static final Pattern ANSWERING = Pattern.compile("Answering at (http://\\S+)");

    private final Process model;
    private final URI modelUri;
    private final Installation installation;
    private final ParleyProcess parley;
    private final URI server;
    private final String agent;

    private StreamBenchmark(String heap) throws IOException {
        model = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoUpstream.class.getName(),
                        "0",
                        MODEL)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        modelUri = URI.create(Output.of("model", model.inputReader(UTF_8))
                .await(ANSWERING, Duration.ofSeconds(30))
                .orElseThrow()
                .group(1));
        installation =
                new Installation(Map.of("OPENAI_BASE_URL", modelUri.toString(), "JAVA_TOOL_OPTIONS", "-Xmx" + heap));
        parley = installation.launch();
        server = parley.awaitReady();
        agent = Conversation.begin(server).agent();
    }

    /** Arguments: {@code delay [streams] [seconds]} or {@code many [streams] [heap] [seconds]}. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        String what = words.isEmpty() ? "delay" : words.removeFirst();
        int streams = words.isEmpty() ? (what.equals("many") ? 5000 : 32) : Integer.parseInt(words.removeFirst());
        String heap = what.equals("many") && !words.isEmpty() ? words.removeFirst() : "1g";
        Duration time = Duration.ofSeconds(words.isEmpty() ? 30 : Integer.parseInt(words.removeFirst()));
        try (StreamBenchmark benchmark = new StreamBenchmark(heap)) {
            switch (what) {
                case "delay" -> benchmark.delay(streams, time);
                case "many" -> benchmark.many(streams, time);
                default -> throw new IllegalArgumentException("delay or many, not " + what);
            }
        }
    }

    private void delay(int streams, Duration time) throws Exception {
        System.out.printf("%d streams, a token each 20 ms, turns of 50 tokens, for %d s%n", streams, time.toSeconds());
        relay("warm-up", streams, Duration.ofSeconds(20), this::turn);
        relay("through Parley", streams, time, this::turn);
        // What of it is the machine, the model and this reader.
        relay("model alone", streams, time, this::withoutParley);
    }

    /** Runs one stream after the other on each of some threads, for a time. */
    private static void relay(String name, int streams, Duration time, Streaming streaming) throws Exception {
        Delays firsts = new Delays();
        Delays all = new Delays();
        Troubles troubles = new Troubles();
        long end = System.nanoTime() + time.toNanos();
        onThreads(streams, number -> {
            // apart from each other, as clients are
            Thread.sleep(1000L * number / streams);
            while (System.nanoTime() < end) {
                Optional<String> trouble = streaming.stream(number, "timestamps 50 20000", (first, written, seen) -> {
                    all.add(seen - written);
                    if (first) {
                        firsts.add(seen - written);
                    }
                });
                trouble.ifPresent(troubles::add);
            }
        });
        System.out.printf("%-15s first tokens %s%n%-15s all tokens   %s%n", name, firsts, "", all);
        troubles.print();
    }

    private void many(int streams, Duration time) throws Exception {
        System.out.printf("%d streams, a token each second, watched for %d s%n", streams, time.toSeconds());
        Delays delays = new Delays();
        AtomicLong[] last = new AtomicLong[streams];
        AtomicInteger open = new AtomicInteger();
        // As fast as the machine takes them in: what is asked is how many are borne, not how many may begin at once.
        Semaphore beginning = new Semaphore(50);
        Troubles troubles = new Troubles();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            for (int number = 0; number < streams; number++) {
                AtomicLong seenLast = new AtomicLong();
                last[number] = seenLast;
                int stream = number;
                beginning.acquire();
                var _ = threads.submit(() -> {
                    try {
                        Optional<String> trouble = turn(stream, "timestamps 100000 1000000", (first, written, seen) -> {
                            seenLast.set(seen);
                            delays.add(seen - written);
                            if (first) {
                                open.incrementAndGet();
                                beginning.release();
                            }
                        });
                        troubles.add(trouble.orElse("ended"));
                    } catch (IOException | RuntimeException | Error broken) {
                        troubles.add(broken.toString());
                        beginning.release();
                    }
                    return null;
                });
            }
            for (int wait = 0; wait < 120 && open.get() + troubles.count() < streams; wait++) {
                Thread.sleep(1000);
            }
            System.out.printf(
                    "open after %d s: %d, ended or refused: %d%n",
                    (System.nanoTime() - begun) / 1_000_000_000, open.get(), troubles.count());
            Thread.sleep(time);
            long now = System.nanoTime();
            long silent = List.of(last).stream()
                    .filter(seen -> now - seen.get() > Duration.ofSeconds(5).toNanos())
                    .count();
            System.out.printf("tokens %s%n", delays);
            System.out.printf("without a token for 5 s: %d of %d%n", silent, streams);
            troubles.print();
            System.out.println("server: " + memory());
            parley.outputLines().stream()
                    .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                    .limit(20)
                    .forEach(System.out::println);
            System.out.println(silent == 0 && troubles.count() == 0 ? "all progress" : "NOT all progress");
            parley.kill();
        }
    }

    private String memory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(parley.pid()), "status")).stream()
                .filter(line -> line.matches("Vm(RSS|HWM):.*|Threads:.*"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList()
                .toString();
    }

    /** Does something on so many threads at once; blocks until all are done. */
    private static void onThreads(int count, Part part) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> parts = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                int mine = number;
                parts.add(threads.submit(() -> {
                    part.run(mine);
                    return null;
                }));
            }
            for (Future<?> done : parts) {
                done.get();
            }
        }
    }

    private Optional<String> turn(int number, String text, TimedStream.Listener listener) throws IOException {
        // a session for each turn, since what grows with a conversation is not asked here
        String session = Http.json(Http.post(
                        server.resolve("/v1/agents/" + agent + "/session"), Map.of("session_name", "s" + number)))
                .text("session_id");
        Map<String, Object> turn = Map.of("messages", List.of(message(text)), "stream", true);
        return TimedStream.read(
                server.resolve("/v1/agents/%s/session/%s/turn".formatted(agent, session)), Json.write(turn), listener);
    }

    private Optional<String> withoutParley(int number, String text, TimedStream.Listener listener) throws IOException {
        Map<String, Object> request = Map.of("model", MODEL, "messages", List.of(message(text)), "stream", true);
        return TimedStream.read(URI.create(modelUri + "/chat/completions"), Json.write(request), listener);
    }

    private static Map<String, Object> message(String text) {
        return Map.of("role", "user", "content", text);
    }

    @Override
    public void close() {
        installation.close();
        model.destroyForcibly();
    }

    @FunctionalInterface
    private interface Streaming {
        Optional<String> stream(int number, String text, TimedStream.Listener listener) throws IOException;
    }

    /** What went wrong, how often. */
    private static final class Troubles {
        private final Map<String, Integer> seen = new TreeMap<>();

        synchronized void add(String trouble) {
            seen.merge(trouble.substring(0, Math.min(150, trouble.length())), 1, Integer::sum);
        }

        synchronized int count() {
            return seen.values().stream().mapToInt(times -> times).sum();
        }

        synchronized void print() {
            seen.forEach((trouble, times) -> System.out.printf("%5d times: %s%n", times, trouble));
        }
    }

    @FunctionalInterface
    private interface Part {
        void run(int number) throws Exception;
    }
}
