package dev.parley.rest.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Three shapes in one, because servers of the era answered with three and every client looks for another: {@code detail}
 * beside {@code error.message} beside {@code error.detail.errors}.
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record ProblemBody(String detail, Error error) implements AnyProblemBody {

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Error(String message, Detail detail) {}

    /** @param errors the places that are to blame; empty when the request is not at fault or has no such place */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Detail(List<Place> errors) {}

    /** @param loc where: the part of the request, then the path in it */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Place(List<String> loc, String msg, String type) {}
}
