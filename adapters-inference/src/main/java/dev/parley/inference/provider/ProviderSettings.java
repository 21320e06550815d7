package dev.parley.inference.provider;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A provider as the configuration describes it. */
public sealed interface ProviderSettings {

    /** What the configuration calls it. */
    String name();

    /** The kind of provider, as the configuration names it. */
    String type();

    /**
     * One that speaks chat completions over HTTP.
     *
     * @param baseUri what stands before {@code /chat/completions}
     * @param apiKey sent as a bearer token
     * @param headers sent with every request
     */
    record OpenAiCompatible(
            String name,
            URI baseUri,
            Optional<Secret> apiKey,
            Profile profile,
            Timeouts timeouts,
            int maxRetries,
            Map<String, Secret> headers)
            implements ProviderSettings {

        public static final String TYPE = "openai-compatible";

        public OpenAiCompatible {
            requireNonNull(name, "name");
            requireNonNull(baseUri, "baseUri");
            requireNonNull(apiKey, "apiKey");
            requireNonNull(profile, "profile");
            requireNonNull(timeouts, "timeouts");
            headers = Map.copyOf(headers);
            if (maxRetries < 0) {
                throw new IllegalArgumentException("maxRetries must not be negative: " + maxRetries);
            }
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * The one in this process that answers without a model.
     *
     * @param wordDelay how long it waits before each word
     */
    record Scripted(String name, Duration wordDelay) implements ProviderSettings {

        public static final String TYPE = "scripted";

        public Scripted {
            requireNonNull(name, "name");
            if (wordDelay.isNegative()) {
                throw new IllegalArgumentException("wordDelay must not be negative: " + wordDelay);
            }
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * How long a provider may take.
     *
     * @param connect to accept a connection
     * @param firstToken from the request to the first piece of the answer
     * @param idle between two pieces
     */
    record Timeouts(Duration connect, Duration firstToken, Duration idle) {
        public Timeouts {
            requirePositive(connect, "connect");
            requirePositive(firstToken, "firstToken");
            requirePositive(idle, "idle");
        }

        private static void requirePositive(Duration time, String name) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException(name + " must be at least a millisecond: " + time);
            }
        }
    }
}
