package dev.parley.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.Patient;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.provider.ForwardedRequest;
import dev.parley.inference.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelListTest {

    private Instant now = Instant.parse("2025-03-10T02:15:00Z");
    private final Asked provider = new Asked();
    private final ModelList list = new ModelList(provider, Duration.ofMinutes(5), () -> now);

    @Test
    void isAskedForOnceWhileItIsYoung() {
        assertThat(list.models()).containsExactly("one");
        now = now.plusSeconds(299);

        assertThat(list.models()).containsExactly("one");
        assertThat(provider.times.get()).isOne();
    }

    @Test
    void isRenewedBehindTheBackOfWhoeverAsksWhenItIsOld() {
        list.models();
        now = now.plusSeconds(300);
        provider.models = List.of("two");
        provider.gate = new CountDownLatch(1);

        assertThat(list.models()).containsExactly("one");
        assertThat(list.models()).containsExactly("one");
        provider.gate.countDown();
        awaitRenewed();
        assertThat(list.models()).containsExactly("two");
        assertThat(provider.times.get()).isEqualTo(2);
    }

    @Test
    void theLastGoodOneIsKeptWhileTheProviderIsDown() {
        list.models();
        now = now.plusSeconds(300);
        provider.problem = "down";

        assertThat(list.problem()).isEqualTo("down");
        assertThat(list.models()).containsExactly("one");
    }

    @Test
    void aProviderThatWasDownIsAskedAgainSoon() {
        provider.problem = "down";
        assertThat(list.models()).isEmpty();
        provider.problem = null;
        now = now.plusSeconds(5);

        list.models();
        awaitRenewed();
        assertThat(list.models()).containsExactly("one");
        assertThat(list.problem()).isEmpty();
    }

    @Test
    void healthIsAskedForAnewAfterSomeSeconds() {
        assertThat(list.problem()).isEmpty();
        provider.problem = "down";
        assertThat(list.problem()).isEmpty();
        now = now.plusSeconds(5);

        assertThat(list.problem()).isEqualTo("down");
    }

    /** Whoever asks for the health waits for the renewal that is under way, or does it first. */
    private void awaitRenewed() {
        list.problem();
    }

    /** Answers with what it is given. */
    private static final class Asked implements Provider {
        final AtomicInteger times = new AtomicInteger();
        volatile List<String> models = List.of("one");
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Nullable
        volatile String problem;

        @Override
        public String name() {
            return "asked";
        }

        @Override
        public String type() {
            return "fake";
        }

        @Override
        public String endpoint() {
            return "";
        }

        @Override
        public void forward(ForwardedRequest request, ChatProxy.Receiver receiver, Cancellation cancellation) {
            throw new UnsupportedOperationException("only its models are asked for");
        }

        @Override
        public boolean enforcesSchema(InferenceRequest request) {
            throw new UnsupportedOperationException("only its models are asked for");
        }

        @Override
        public long tokens(InferenceRequest request) {
            throw new UnsupportedOperationException("only its models are asked for");
        }

        @Override
        public List<String> models() throws BrokenOff {
            times.incrementAndGet();
            Patient.await(gate);
            String wrong = problem;
            if (wrong != null) {
                throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, wrong);
            }
            return models;
        }

        @Override
        public Inference.Answer answer(
                InferenceRequest request, Inference.Progress progress, Cancellation cancellation) {
            throw new UnsupportedOperationException("only its models are asked for");
        }

        @Override
        public void close() {}
    }
}
