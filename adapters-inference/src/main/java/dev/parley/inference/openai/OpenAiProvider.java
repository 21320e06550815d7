package dev.parley.inference.openai;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import dev.parley.inference.provider.CallIds;
import dev.parley.inference.provider.ForwardedRequest;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider that speaks chat completions over HTTP. */
final class OpenAiProvider implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAiProvider.class);

    private final ProviderSettings.OpenAiCompatible settings;
    private final Upstream upstream;
    private final ChatRequestWriter writer;
    private final ModelLister lister;
    private final TokenCounter counter;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Concessions concessions = new Concessions();

    /** @param random for new ids of calls and for the length of pauses; used by many threads */
    OpenAiProvider(
            ProviderSettings.OpenAiCompatible settings,
            InstantSource clock,
            RandomGenerator random,
            Backoff.Waiting waiting) {
        this.settings = settings;
        this.writer = new ChatRequestWriter(settings.profile());
        this.upstream = new Upstream(settings, clock);
        this.lister = new ModelLister(upstream);
        this.counter = new TokenCounter(upstream, writer);
        this.random = random;
        this.backoff = new Backoff(random, waiting);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return settings.type();
    }

    @Override
    public String endpoint() {
        return upstream.transport().address("").toString().replaceFirst("\\?.*", "");
    }

    /** An engine that was told to call a tool, and neither does so nor says anything, is asked once more. */
    @Override
    public Inference.Answer answer(InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        Inference.Answer answer = ask(request, progress, cancellation);
        if (!isCallOwed(request) || !answer.message().equals(Message.Assistant.of(""))) {
            return answer;
        }
        LOG.info("provider {}: model {} did not call a tool, as it must; asked again", name(), request.model());
        try {
            Inference.Answer second = ask(request, new AlreadyOpened(progress), cancellation);
            return new Inference.Answer(second.message(), Usage.sum(answer.usage(), second.usage()));
        } catch (BrokenOff broken) {
            throw broken.after(answer.usage());
        }
    }

    private Inference.Answer ask(InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        String model = request.model();
        Attempts attempts = new Attempts(settings.maxRetries(), backoff, concessions.of(model));
        Inference.Answer answer = repeated(
                attempts,
                cancellation,
                () -> new Exchange(
                                upstream,
                                writer.write(request, attempts.without()),
                                new CallIds(request, random),
                                progress)
                        .run(cancellation));
        remember(model, attempts.without());
        return new Inference.Answer(
                answer.message(),
                Optional.of(TokenEstimate.usage(answer.usage(), request, writer.tools(request), answer.message())));
    }

    @Override
    public boolean enforcesSchema(InferenceRequest request) {
        return writer.enforcesSchema(request);
    }

    @Override
    public void forward(ForwardedRequest request, ChatProxy.Receiver receiver, Cancellation cancellation)
            throws BrokenOff {
        repeated(new Attempts(settings.maxRetries(), backoff, Set.of()), cancellation, () -> {
            new Relay(upstream, request, receiver).run(cancellation);
            return true;
        });
    }

    /** One request to the provider. */
    private interface Attempt<T> {
        T make() throws AttemptFailed;
    }

    private <T> T repeated(Attempts attempts, Cancellation cancellation, Attempt<T> attempt) throws BrokenOff {
        while (true) {
            requireWanted(cancellation);
            try {
                return attempt.make();
            } catch (AttemptFailed failed) {
                if (failed.remedy() instanceof AttemptFailed.Remedy.NewConnection) {
                    upstream.transport().closeIdle();
                }
                boolean again = attempts.mayRepeat(failed.remedy(), cancellation);
                requireWanted(cancellation);
                if (!again) {
                    throw new BrokenOff(failed.failure(), failed.getCause());
                }
            }
        }
    }

    @Override
    public long tokens(InferenceRequest request) {
        return counter.count(request);
    }

    @Override
    public List<String> models() throws BrokenOff {
        return lister.list();
    }

    @Override
    public void close() {
        upstream.close();
    }

    private static boolean isCallOwed(InferenceRequest request) {
        return !request.tools().isEmpty()
                && switch (request.toolChoice()) {
                    case ToolChoice.Required _, ToolChoice.Named _, ToolChoice.Hosted _ -> true;
                    case ToolChoice.Auto _, ToolChoice.None _ -> false;
                };
    }

    private void remember(String model, Set<String> without) {
        if (!without.equals(concessions.of(model))) {
            LOG.info("provider {}: model {} does not take {}; left out from now on", name(), model, without);
            concessions.remember(model, without);
        }
    }

    private static void requireWanted(Cancellation cancellation) throws BrokenOff {
        if (cancellation.requested().isPresent()) {
            throw new BrokenOff(Failure.Code.INTERRUPTED, "The answer was called off");
        }
    }

    /** The progress of a request that follows one that was accepted and came to nothing. */
    private record AlreadyOpened(Inference.Progress progress) implements Inference.Progress {

        @Override
        public void opened() {}

        @Override
        public void delta(Delta delta) {
            progress.delta(delta);
        }

        @Override
        public void flush() {
            progress.flush();
        }
    }
}
