package dev.parley.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that is written as a JSON object with a member for every component, in their order, in snake_case, nulls and
 * empty lists included: clients of the Agents API are used to finding every field (agents-api 1.2).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Serdeable.Serializable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public @interface WireRecord {}
