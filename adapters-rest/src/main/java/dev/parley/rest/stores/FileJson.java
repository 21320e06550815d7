package dev.parley.rest.stores;

import dev.parley.domain.retrieval.StoredFile;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that was uploaded.
 *
 * @param expiresAt when it is gone by itself; null for never
 */
@WireRecord
@Schema(name = "OpenAIFile")
record FileJson(
        String id,
        String object,
        long bytes,
        long createdAt,
        @Nullable Long expiresAt,
        String filename,
        String purpose,
        String status)
        implements WireBody {

    static FileJson of(StoredFile file) {
        return new FileJson(
                file.id().value(),
                "file",
                file.bytes(),
                file.createdAt().getEpochSecond(),
                file.expiresAt().map(Instant::getEpochSecond).orElse(null),
                file.filename(),
                file.purpose(),
                "processed");
    }
}
