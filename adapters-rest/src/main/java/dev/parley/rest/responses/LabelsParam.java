package dev.parley.rest.responses;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Texts by their names, as clients describe their own things with (responses-api 1, metadata). */
public final class LabelsParam {

    private static final int MOST = 16;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 512;

    private LabelsParam() {}

    /**
     * In their order; those that are null are none.
     *
     * @throws Refusal when they are not texts, too many or too long
     */
    public static Map<String, String> read(Param in) {
        SequencedMap<String, Param> members = in.members();
        if (members.size() > MOST) {
            throw in.refuse(
                    Reason.LIST_TOO_LONG,
                    "Invalid '%s': too many properties. Expected an object with at most %d properties, but got an object with %d properties instead."
                            .formatted(in.path(), MOST, members.size()));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (name.length() > LONGEST_NAME) {
                throw in.refuse(
                        Reason.TEXT_TOO_LONG,
                        "Invalid property name in '%s': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
                                .formatted(in.path(), LONGEST_NAME, name.length()));
            }
            value.optional(text -> text.string(LONGEST_TEXT)).ifPresent(text -> labels.put(name, text));
        });
        return labels;
    }
}
