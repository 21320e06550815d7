package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Files;
import dev.parley.application.port.Ids;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps a file that a client sends. */
public final class UploadFile {

    /** What files can be for; this server reads those for {@code assistants} and {@code user_data}, and keeps the others. */
    public static final List<String> PURPOSES =
            List.of("assistants", "batch", "fine-tune", "vision", "user_data", "evals");

    private static final Duration SHORTEST_LIFE = Duration.ofHours(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final int LONGEST_NAME = 255;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Files files;
    private final RetrievalSettings settings;
    private final Ids ids;
    private final InstantSource clock;

    public UploadFile(Files files, RetrievalSettings settings, Ids ids, InstantSource clock) {
        this.files = files;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is sent.
     *
     * @param lifetime after which it is gone by itself; empty for never
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    public record Upload(
            String filename, String purpose, Optional<String> mediaType, byte[] content, Optional<Duration> lifetime) {
        public Upload {
            requireNonNull(filename, "filename");
            requireNonNull(purpose, "purpose");
            requireNonNull(mediaType, "mediaType");
            requireNonNull(content, "content");
            requireNonNull(lifetime, "lifetime");
        }
    }

    /**
     * Blocks until the file is kept.
     *
     * @throws Refusal when it is too large or empty, has no name, or is for a purpose that the contract does not know
     */
    public StoredFile upload(Owner owner, Upload upload) {
        if (upload.content().length > settings.maxFileSize()) {
            throw tooLarge();
        }
        if (upload.content().length == 0) {
            throw Refusal.invalid("file", "The file is empty; send one with something in it");
        }
        String name = name(upload.filename());
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw Refusal.invalid("file", "The file needs a name of at most %d characters".formatted(LONGEST_NAME));
        }
        if (!PURPOSES.contains(upload.purpose())) {
            throw Refusal.invalid(
                            "purpose",
                            "'%s' is no purpose of files; it must be one of %s"
                                    .formatted(upload.purpose(), String.join(", ", PURPOSES)))
                    .because(Refusal.Reason.INVALID_VALUE);
        }
        upload.lifetime().ifPresent(UploadFile::requireAllowed);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        StoredFile file = new StoredFile(
                new FileId(NewId.of("file-", ids)),
                name,
                upload.purpose(),
                upload.content().length,
                upload.mediaType(),
                now,
                upload.lifetime().map(now::plus));
        files.add(owner, file, upload.content());
        return file;
    }

    /** Without the folders that some clients put before it, and without what no line of text can show. */
    private static String name(String given) {
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        return CONTROL.matcher(name).replaceAll("\uFFFD").strip();
    }

    private Refusal tooLarge() {
        return Refusal.of(
                Refusal.Code.TOO_LARGE,
                "The file is larger than the %d bytes that this server keeps (parley.retrieval.max-file-size); split it"
                        .formatted(settings.maxFileSize()),
                "file");
    }

    private static void requireAllowed(Duration lifetime) {
        if (lifetime.compareTo(SHORTEST_LIFE) < 0 || lifetime.compareTo(LONGEST_LIFE) > 0) {
            throw Refusal.invalid(
                            "expires_after.seconds",
                            "A file expires after %d to %d seconds"
                                    .formatted(SHORTEST_LIFE.toSeconds(), LONGEST_LIFE.toSeconds()))
                    .because(
                            lifetime.compareTo(SHORTEST_LIFE) < 0
                                    ? Refusal.Reason.BELOW_MINIMUM
                                    : Refusal.Reason.ABOVE_MAXIMUM);
        }
    }
}
