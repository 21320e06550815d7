package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference.Answer;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.RecordingProgress;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.provider.Secret;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A provider before a scripted upstream, whose pauses are noted and take no time. */
final class Trial implements AutoCloseable {

    static final Secret KEY = new Secret("sk-secret-0123456789");
    static final String MODEL = "a-model";
    static final Instant NOW = Instant.parse("2025-03-10T02:15:00Z");

    private static final Duration LONG = Duration.ofSeconds(20);

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final RecordingProgress progress = new RecordingProgress();
    final Cancellation cancellation = new Cancellation();
    final OpenAiProvider provider;

    private Runnable beforePause = () -> {};

    private Trial(Profile profile, ProviderSettings.Timeouts timeouts, @Nullable URI elsewhere) {
        ProviderSettings.OpenAiCompatible settings = new ProviderSettings.OpenAiCompatible(
                "local",
                elsewhere == null ? upstream.baseUri() : elsewhere,
                Optional.of(KEY),
                profile,
                timeouts,
                2,
                Map.of("X-Team", new Secret("blue")));
        provider = new OpenAiProvider(settings, InstantSource.fixed(NOW), new Random(42), (wish, time) -> {
            beforePause.run();
            pauses.add(time);
            return wish.requested().isPresent();
        });
    }

    /** With patience for everything. */
    static Trial of(Profile profile, Reply... replies) {
        Trial trial = new Trial(profile, new ProviderSettings.Timeouts(LONG, LONG, LONG), null);
        trial.upstream.enqueue(replies);
        return trial;
    }

    static Trial of(Reply... replies) {
        return of(Profile.GENERIC, replies);
    }

    /** One that soon has enough of waiting. */
    static Trial impatient(Duration firstToken, Duration idle, Reply... replies) {
        Trial trial = new Trial(Profile.GENERIC, new ProviderSettings.Timeouts(LONG, firstToken, idle), null);
        trial.upstream.enqueue(replies);
        return trial;
    }

    /** One that is configured with another address. */
    static Trial elsewhere(URI baseUri, Duration connect) {
        return new Trial(Profile.GENERIC, new ProviderSettings.Timeouts(connect, LONG, LONG), baseUri);
    }

    static InferenceRequest request(Message... messages) {
        return new InferenceRequest(
                MODEL, List.of(messages), List.of(), new ToolChoice.Auto(), Sampling.DEFAULT, Optional.empty());
    }

    /** Does this before each pause. */
    void beforePause(Runnable action) {
        beforePause = action;
    }

    Answer ask() throws BrokenOff {
        return ask(request(Message.User.of("Hi")));
    }

    Answer ask(InferenceRequest request) throws BrokenOff {
        return provider.answer(request, progress, cancellation);
    }

    BrokenOff broken() {
        return Objects.requireNonNull(catchThrowableOfType(BrokenOff.class, this::ask), "it did not break off");
    }

    Failure failure() {
        return broken().failure();
    }

    @Override
    public void close() {
        provider.close();
        upstream.close();
    }
}
