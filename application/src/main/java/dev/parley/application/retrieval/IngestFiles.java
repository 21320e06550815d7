package dev.parley.application.retrieval;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.StoreFiles.Claim;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.StoreFile.LastError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that were put into vector stores, in the background, a few at a time. What is to be read stands in the store,
 * so a file that this process leaves unread, because it ends or dies, is taken up by another, or by this one when it runs again.
 */
public final class IngestFiles {

    private static final Logger LOG = LoggerFactory.getLogger(IngestFiles.class);

    /** A file that ends every process that reads it must not be read for ever. */
    static final int MOST_ATTEMPTS = 3;

    /** How long after it was attached a file is tried again whose vectors can't be had. */
    static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final StoreFiles files;
    private final ReadFileIntoStore reading;
    private final RetrievalSettings settings;
    private final InstantSource clock;
    private final Semaphore work = new Semaphore(0);
    private final Cancellation ending = new Cancellation();
    private final List<Thread> readers = new ArrayList<>();

    public IngestFiles(StoreFiles files, ReadFileIntoStore reading, RetrievalSettings settings, InstantSource clock) {
        this.files = files;
        this.reading = reading;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to read files here, on virtual threads of its own. Once only. */
    public synchronized void start() {
        for (int number = 1; number <= settings.readers(); number++) {
            readers.add(Thread.ofVirtual().name("read-files-" + number).start(this::run));
        }
    }

    /** There are files to read; does not block. Where nothing was started here, another process finds them. */
    void wake() {
        work.release(settings.readers());
    }

    /**
     * Takes up no more files here, and waits some seconds for those that are being read to be given up. Does nothing when it was
     * not started.
     */
    public synchronized void stop() {
        ending.request(Cancellation.Reason.SHUTDOWN);
        wake();
        for (Thread reader : readers) {
            try {
                if (!reader.join(GRACE)) {
                    LOG.info("A file is still being read; it will be read again by whoever runs next");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        readers.clear();
    }

    private void run() {
        while (!isEnding()) {
            try {
                while (!isEnding() && readNext()) {
                    // there may be more
                }
                boolean _ = work.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
                work.drainPermits();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        wake(); // the first that was woken up has taken what was meant for the others
    }

    /**
     * Reads one file that nobody else reads; blocks until that is done.
     *
     * @return whether there was one
     */
    boolean readNext() {
        Optional<Claim> claim;
        try {
            claim = files.claim(settings.lease());
        } catch (RuntimeException outage) {
            LOG.warn("Files can't be looked for just now: {}", outage.getMessage());
            return false;
        }
        claim.ifPresent(this::read);
        return claim.isPresent();
    }

    private void read(Claim claim) {
        try {
            if (claim.attempt() > MOST_ATTEMPTS) {
                fail(claim, "The server ended each time it read this file; attach it again, or a part of it");
            } else {
                reading.read(claim, () -> renew(claim), ending);
            }
        } catch (GivenUp _) {
            LOG.info("file {}: is not read any further", claim.file().id());
        } catch (Refusal refusal) {
            retryOrFail(claim, refusal);
        } catch (RuntimeException | Error mistake) {
            // an error of the machine's, too: the thread that reads the next file is this one
            LOG.error("file {}: reading it failed", claim.file().id(), mistake);
            fail(
                    claim,
                    "Reading the file failed inside the server; attach it again, and tell the server's operator if it"
                            + " fails again");
        }
    }

    private void renew(Claim claim) {
        if (isEnding()) {
            giveBack(claim, Duration.ZERO);
            throw new GivenUp();
        }
        if (!files.renew(claim, settings.lease())) {
            throw new GivenUp();
        }
    }

    /** What can't be had just now is tried again, less often the longer it has been so. */
    private void retryOrFail(Claim claim, Refusal refusal) {
        Duration waited = Duration.between(claim.file().createdAt(), clock.instant());
        boolean passing = refusal.code() == Refusal.Code.UNAVAILABLE;
        if (isEnding()) {
            giveBack(claim, Duration.ZERO);
        } else if (passing && waited.compareTo(LONGEST_OUTAGE) < 0) {
            LOG.warn("file {}: will be read later: {}", claim.file().id(), refusal.explanation());
            giveBack(claim, rest(waited));
        } else {
            fail(claim, refusal.explanation());
        }
    }

    private Duration rest(Duration waited) {
        Duration rest = waited.dividedBy(4);
        if (rest.compareTo(LONGEST_REST) > 0) {
            return LONGEST_REST;
        }
        return rest.compareTo(settings.patience()) < 0 ? settings.patience() : rest;
    }

    private void giveBack(Claim claim, Duration rest) {
        try {
            boolean _ = files.giveBack(claim, rest);
        } catch (RuntimeException outage) {
            LOG.info(
                    "file {}: will be read when its lease is over: {}",
                    claim.file().id(),
                    outage.getMessage());
        }
    }

    private void fail(Claim claim, String why) {
        try {
            boolean _ = files.fail(claim, new LastError(LastError.Code.SERVER_ERROR, why));
        } catch (RuntimeException outage) {
            LOG.warn(
                    "file {}: that it failed could not be stored: {}",
                    claim.file().id(),
                    outage.getMessage());
        }
    }

    private boolean isEnding() {
        return ending.requested().isPresent();
    }

    /** Whatever would come of the file is of no use any more, or this process ends. */
    @SuppressWarnings("serial") // never leaves the process
    private static final class GivenUp extends RuntimeException {
        private GivenUp() {
            super("given up", null, false, false);
        }
    }
}
