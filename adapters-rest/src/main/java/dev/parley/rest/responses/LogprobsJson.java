package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The tokens of a text with how likely each was (responses-api 5.6). What was brought by a client or left out by a provider
 * is made whole: typed clients refuse a token without its bytes.
 */
final class LogprobsJson {

    private static final RawJson NONE = new RawJson("[]");
    private static final String TOKEN = "token";

    private LogprobsJson() {}

    /** As they stand in a message. */
    static RawJson ofPart(RawJson scores) {
        return list(scores, true);
    }

    /** As they stand in an event, which has no bytes. */
    static RawJson ofEvent(RawJson scores) {
        return list(scores, false);
    }

    private static RawJson list(RawJson scores, boolean withBytes) {
        List<RawJson> tokens = ObjectMembers.elements(scores);
        if (tokens.isEmpty()) {
            return NONE;
        }
        return ObjectText.array(tokens.stream()
                .map(token -> {
                    ObjectMembers members = ObjectMembers.of(token.text());
                    List<RawJson> likely = members.raw("top_logprobs")
                            .map(ObjectMembers::elements)
                            .orElse(List.of());
                    return token(members, withBytes)
                            .array(
                                    "top_logprobs",
                                    likely.stream()
                                            .map(other -> token(ObjectMembers.of(other.text()), withBytes)
                                                    .end())
                                            .toList())
                            .end();
                })
                .toList());
    }

    private static ObjectText token(ObjectMembers members, boolean withBytes) {
        String text = members.string(TOKEN).orElse("");
        ObjectText json = new ObjectText().string(TOKEN, text).raw("logprob", members.given("logprob"));
        return withBytes ? json.raw("bytes", bytes(members, text)) : json;
    }

    /** A token that is a part of a character has bytes of its own, which its text does not tell. */
    private static RawJson bytes(ObjectMembers members, String text) {
        Optional<RawJson> given = members.given("bytes")
                .filter(list -> text.isEmpty() || !ObjectMembers.elements(list).isEmpty());
        return given.orElseGet(() -> {
            StringJoiner bytes = new StringJoiner(",", "[", "]");
            for (byte at : text.getBytes(UTF_8)) {
                bytes.add(String.valueOf(Byte.toUnsignedInt(at)));
            }
            return new RawJson(bytes.toString());
        });
    }
}
