package dev.parley.retrieval.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.Raw;
import dev.parley.domain.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is not a document's fault is not told as one, so that it is tried again. */
@Timeout(60)
class BusyParserTest {

    private static final Raw NOTE = new Raw("note".getBytes(UTF_8), Optional.empty(), Optional.of("a.txt"));

    @Test
    void withoutAFreePlaceTheServerIsUnavailable() {
        DocumentParser full = new TikaDocumentParser(limits(Duration.ofMillis(20)), new Semaphore(0));

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> full.text(NOTE));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(refusal.explanation()).contains("busy").contains("Try again");
    }

    @Test
    void whoIsInterruptedWhileWaitingMayTryAgain() throws Exception {
        assertThat(whenInterrupted(new Semaphore(0), NOTE)).isEqualTo(Refusal.Code.UNAVAILABLE);
    }

    @Test
    void whoIsInterruptedWhileReadingMayTryAgain() throws Exception {
        Raw lengthy = new Raw(
                Samples.pdfBomb(128L << 20, COSName.FLATE_DECODE), Optional.empty(), Optional.of("lengthy.pdf"));

        assertThat(whenInterrupted(new PlaceWithoutWaiting(), lengthy)).isEqualTo(Refusal.Code.UNAVAILABLE);
    }

    private static Refusal.Code whenInterrupted(Semaphore places, Raw document) throws Exception {
        DocumentParser parser = new TikaDocumentParser(limits(Duration.ofSeconds(60)), places);
        CompletableFuture<Refusal> told = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    Thread.currentThread().interrupt();
                    told.complete(catchThrowableOfType(Refusal.class, () -> parser.text(document)));
                    stillInterrupted.complete(Thread.currentThread().isInterrupted());
                })
                .join();
        assertThat(stillInterrupted).isCompletedWithValue(true);
        return told.get().code();
    }

    /** Does not look whether it is interrupted, so that whoever comes next does. */
    @SuppressWarnings("serial") // never leaves the process
    private static final class PlaceWithoutWaiting extends Semaphore {
        PlaceWithoutWaiting() {
            super(1);
        }

        @Override
        public boolean tryAcquire(long timeout, TimeUnit unit) {
            return tryAcquire();
        }
    }

    private static DocumentLimits limits(Duration timeout) {
        return new DocumentLimits(100_000, 1L << 40, timeout, 1);
    }
}
