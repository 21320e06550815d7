package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What commands in a shell have come to. Models and clients read it in the words in which clients answer calls of shells that
 * they run themselves (responses-api 3), so that a conversation has one language for both.
 *
 * @param ran what was run of the commands of the call, in their order; no more than there were
 * @param maxLength how many characters of output the call has asked for, if it has
 */
public record ShellOutput(List<Ran> ran, Optional<Long> maxLength) {

    private static final int WRONG = 1;

    public ShellOutput {
        ran = List.copyOf(ran);
        requireNonNull(maxLength, "maxLength");
    }

    /** One command. */
    public record Ran(String stdout, String stderr, Outcome outcome) {
        public Ran {
            requireNonNull(stdout, "stdout");
            requireNonNull(stderr, "stderr");
            requireNonNull(outcome, "outcome");
        }

        private String json() {
            return "{\"stdout\":" + JsonText.ofString(stdout).text() + ",\"stderr\":"
                    + JsonText.ofString(stderr).text() + ",\"outcome\":" + outcome.json() + "}";
        }
    }

    /** How a command has ended. */
    public sealed interface Outcome {

        record Exited(int code) implements Outcome {}

        /** It was given up before it had ended. */
        record TimedOut() implements Outcome {}

        private String json() {
            return switch (this) {
                case Exited(int code) -> "{\"type\":\"exit\",\"exit_code\":" + code + "}";
                case TimedOut _ -> "{\"type\":\"timeout\"}";
            };
        }
    }

    /** What stands there when no command could be run: the reason, as a shell would give it. */
    public static ShellOutput failed(String why) {
        return new ShellOutput(List.of(new Ran("", why, new Outcome.Exited(WRONG))), Optional.empty());
    }

    /**
     * What {@link #content} has been made of.
     *
     * @return empty when it is something else
     */
    public static Optional<ShellOutput> read(Content content) {
        Optional<JsonValue.Members> members = JsonValue.members(content.text());
        if (members.flatMap(found -> found.given("output")).orElse(null) instanceof JsonValue.Array(var elements)) {
            List<Ran> ran =
                    elements.stream().flatMap(element -> ran(element).stream()).toList();
            Optional<Long> maxLength = members.flatMap(found -> number(found, "max_output_length"));
            return Optional.of(new ShellOutput(ran, maxLength)).filter(_ -> ran.size() == elements.size());
        }
        return Optional.empty();
    }

    private static Optional<Ran> ran(JsonValue element) {
        if (element instanceof JsonValue.Members members
                && members.given("outcome").orElse(null) instanceof JsonValue.Members outcome) {
            Optional<Outcome> ended = outcome.text("type").equals(Optional.of("timeout"))
                    ? Optional.of(new Outcome.TimedOut())
                    : number(outcome, "exit_code").map(Long::intValue).map(Outcome.Exited::new);
            return ended.map(how -> new Ran(
                    members.text("stdout").orElse(""), members.text("stderr").orElse(""), how));
        }
        return Optional.empty();
    }

    private static Optional<Long> number(JsonValue.Members members, String name) {
        return members.given(name)
                .filter(JsonValue.Number.class::isInstance)
                .map(JsonValue.Number.class::cast)
                .map(JsonValue.Number::value)
                .map(BigDecimal::longValue);
    }

    /** As the members of the item that answers the call. */
    public JsonText members() {
        return new JsonText(ran.stream().map(Ran::json).collect(Collectors.joining(",", "{\"output\":[", "]"))
                + maxLength.map(length -> ",\"max_output_length\":" + length).orElse("") + "}");
    }

    /** As a model reads it. */
    public Content content() {
        return Content.of(members().text());
    }
}
