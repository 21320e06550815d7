package dev.parley.persistence.violation;

import dev.parley.inference.violation.InferenceUtils;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import java.util.concurrent.CompletionStage;

/** Public, knows a provider, and does not block. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PublicRepository {
    /** What no store should know. */
    InferenceUtils provider();

    /** What the packaged jar could not serve. */
    CompletionStage<Void> later();
}
