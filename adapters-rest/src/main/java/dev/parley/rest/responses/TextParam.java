package dev.parley.rest.responses;

import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameter {@code text}: what form the answer is to have (responses-api 5).
 *
 * @param echo the parameter as clients are told of it
 */
record TextParam(Optional<ResponseFormat> format, Optional<String> verbosity, RawJson echo) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final RawJson PLAIN = new RawJson("{\"type\":\"text\"}");
    private static final RawJson ANY_OBJECT = new RawJson("{\"type\":\"json_object\"}");

    static TextParam read(Param in) {
        if (!in.isGiven()) {
            return of(new Format(Optional.empty(), PLAIN), Optional.empty());
        }
        Param format = in.at("format");
        return of(
                format.isGiven() ? format(format) : new Format(Optional.empty(), PLAIN),
                in.at("verbosity").optional(word -> word.word(Words.of("low", "medium", "high"))));
    }

    private static TextParam of(Format format, Optional<String> verbosity) {
        RawJson echo = new ObjectText()
                .raw("format", format.echo())
                .string("verbosity", verbosity.orElse("medium"))
                .end();
        return new TextParam(format.format(), verbosity, echo);
    }

    private record Format(Optional<ResponseFormat> format, RawJson echo) {}

    private static Format format(Param in) {
        return switch (in.at("type").word(Words.of("text", "json_object", "json_schema"))) {
            case "text" -> new Format(Optional.empty(), PLAIN);
            case "json_object" -> new Format(Optional.of(new ResponseFormat.JsonObject()), ANY_OBJECT);
            default -> schema(in);
        };
    }

    /** Some clients name no schema when they mean any object. */
    private static Format schema(Param in) {
        if (!in.at("schema").isGiven() && !in.at("name").isGiven()) {
            return new Format(Optional.of(new ResponseFormat.JsonObject()), ANY_OBJECT);
        }
        String name = in.at("name").string();
        if (!NAME.matcher(name).matches()) {
            throw in.at("name")
                    .refuse(
                            Reason.INVALID_VALUE,
                            "Invalid '%s': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$', with maximum length 64."
                                    .formatted(in.at("name").path()));
        }
        JsonText schema = in.at("schema").object();
        Optional<String> description = in.at("description").optional(Param::string);
        boolean strict = in.at("strict").optional(Param::bool).orElse(false);
        RawJson echo = new ObjectText()
                .string("type", "json_schema")
                .stringOrNull("description", description)
                .string("name", name)
                .raw("schema", RawJson.of(schema))
                .bool("strict", strict)
                .end();
        return new Format(
                Optional.of(new ResponseFormat.JsonSchema(schema, Optional.of(name), description, strict)), echo);
    }
}
