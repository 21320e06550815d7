package dev.parley.persistence.violation;

import dev.parley.inference.violation.InferenceUtils;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;

/** Public, and knows a provider. */
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PublicRepository {
    /** What no store should know. */
    InferenceUtils provider();
}
