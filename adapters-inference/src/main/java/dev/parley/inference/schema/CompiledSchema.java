package dev.parley.inference.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.Specification;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema that is ready to hold answers to it. Each has a registry of its own, so that no client's schema is another's
 * by its {@code $id}; nothing outside of the schema is ever loaded.
 */
final class CompiledSchema {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SpecificationVersion USUAL = SpecificationVersion.DRAFT_2020_12;

    /** Some tenths of a second; an answer of a megabyte takes less. */
    private static final long MOST_STEPS = 500_000;

    private static final int DEEPEST = 400;
    private static final long MOST_PATTERN_CHARACTERS = 20_000_000;
    private static final int MOST_TOLD = 3;
    private static final int LONGEST_TOLD = 200;

    /** The schemas of schemas, which come with the library; read when one is needed. */
    private static final Map<SpecificationVersion, Schema> OF_SCHEMAS = new ConcurrentHashMap<>();

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(BoundedPattern::of)
            .build();

    /** A schema can't be used; says why, as the end of a sentence. */
    @SuppressWarnings("serial") // never leaves the process
    static final class Unusable extends Exception {
        Unusable(String reason, Throwable cause) {
            super(reason, cause);
        }

        Unusable(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Schema schema;

    private CompiledSchema(Schema schema) {
        this.schema = schema;
    }

    static CompiledSchema of(String text) throws Unusable {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new Unusable("it is not a JSON object");
            }
            requireSchema(node);
            Schema schema = registry().getSchema(node);
            schema.initializeValidators();
            CompiledSchema compiled = new CompiledSchema(schema);
            compiled.errors(JSON.createObjectNode()); // one that only refers to itself shows now
            return compiled;
        } catch (JacksonException malformed) {
            throw new Unusable("it is not JSON that can be read: " + malformed.getOriginalMessage(), malformed);
        } catch (BoundedPattern.Exceeded | ValidationLimitExceededException | StackOverflowError endless) {
            throw new Unusable("it is too intricate, or refers to itself without an end", endless);
        } catch (SchemaException broken) {
            throw new Unusable(shortened(String.valueOf(broken.getMessage())), broken);
        } catch (RuntimeException odd) {
            throw new Unusable("it can't be understood", odd); // the library meets what its authors did not think of
        }
    }

    /** Where the text breaks the schema, as the end of a sentence; empty when it keeps to it. */
    Optional<String> violation(String text) {
        try {
            JsonNode answer = JSON.readTree(text);
            if (answer.isMissingNode()) {
                return Optional.of("it is empty");
            }
            List<Error> errors = errors(answer);
            return errors.isEmpty() ? Optional.empty() : Optional.of(told(errors));
        } catch (JacksonException malformed) {
            return Optional.of("it is not JSON: " + shortened(malformed.getOriginalMessage()));
        } catch (BoundedPattern.Exceeded | ValidationLimitExceededException | StackOverflowError _) {
            return Optional.of("it took too long to compare the two");
        } catch (RuntimeException _) {
            return Optional.of("the two can't be compared");
        }
    }

    private List<Error> errors(JsonNode answer) {
        return ScopedValue.where(BoundedPattern.BUDGET, new BoundedPattern.Budget(MOST_PATTERN_CHARACTERS))
                .call(() -> schema.validate(
                        answer,
                        context -> context.executionConfig(
                                limits -> limits.maxEvaluationSteps(MOST_STEPS).maxEvaluationDepth(DEEPEST))));
    }

    private static void requireSchema(JsonNode node) throws Unusable {
        SpecificationVersion version = SpecificationVersion.fromSchemaNode(node).orElse(USUAL);
        List<Error> errors =
                OF_SCHEMAS.computeIfAbsent(version, CompiledSchema::ofSchemas).validate(node);
        if (!errors.isEmpty()) {
            throw new Unusable("it is no JSON Schema: " + told(errors));
        }
    }

    private static Schema ofSchemas(SpecificationVersion version) {
        return SchemaRegistry.withDefaultDialect(version).getSchema(SchemaLocation.of(version.getDialectId()));
    }

    private static String told(List<Error> errors) {
        return errors.stream()
                .limit(MOST_TOLD)
                .map(error -> {
                    String place = error.getInstanceLocation().toString();
                    return (place.isEmpty() ? "" : "at " + shortened(place) + ", ") + shortened(error.getMessage());
                })
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TOLD
                ? text
                : text.substring(0, LONGEST_TOLD).strip() + "…";
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.builder()
                .defaultDialectId(USUAL.getDialectId())
                .dialectRegistry(new BasicDialectRegistry(CompiledSchema::dialect))
                .schemaLoader(loader -> loader.fetchRemoteResources(false).block(_ -> true))
                .schemaRegistryConfig(CONFIG)
                .build();
    }

    private static Dialect dialect(String id) {
        return Specification.getDialect(SpecificationVersion.fromDialectId(id).orElse(USUAL));
    }
}
