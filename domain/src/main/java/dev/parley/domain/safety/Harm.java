package dev.parley.domain.safety;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of harm that clients of the moderations endpoint know. */
public enum Harm {
    HARASSMENT("harassment"),
    HARASSMENT_THREATENING("harassment/threatening"),
    HATE("hate"),
    HATE_THREATENING("hate/threatening"),
    ILLICIT("illicit"),
    ILLICIT_VIOLENT("illicit/violent"),
    SELF_HARM("self-harm"),
    SELF_HARM_INTENT("self-harm/intent"),
    SELF_HARM_INSTRUCTIONS("self-harm/instructions"),
    SEXUAL("sexual"),
    SEXUAL_MINORS("sexual/minors"),
    VIOLENCE("violence"),
    VIOLENCE_GRAPHIC("violence/graphic");

    private final String word;

    Harm(String word) {
        this.word = word;
    }

    /** What it is called on the wire. */
    public String word() {
        return word;
    }

    /** The one of that name; empty when there is none. */
    public static Optional<Harm> named(String word) {
        return Arrays.stream(values()).filter(harm -> harm.word.equals(word)).findFirst();
    }
}
