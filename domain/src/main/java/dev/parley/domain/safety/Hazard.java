package dev.parley.domain.safety;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hazards that Llama Guard 3 and 4 tell apart, by the codes that they answer with. */
public enum Hazard {
    S1("Violent Crimes", Harm.VIOLENCE),
    S2("Non-Violent Crimes", Harm.ILLICIT),
    S3("Sex-Related Crimes", Harm.SEXUAL),
    S4("Child Sexual Exploitation", Harm.SEXUAL_MINORS),
    S5("Defamation", Harm.HARASSMENT),
    S6("Specialized Advice", null),
    S7("Privacy", null),
    S8("Intellectual Property", null),
    S9("Indiscriminate Weapons", Harm.ILLICIT_VIOLENT),
    S10("Hate", Harm.HATE),
    S11("Suicide & Self-Harm", Harm.SELF_HARM),
    S12("Sexual Content", Harm.SEXUAL),
    S13("Elections", null),
    S14("Code Interpreter Abuse", Harm.ILLICIT);

    private final String title;

    @Nullable
    private final Harm harm;

    Hazard(String title, @Nullable Harm harm) {
        this.title = title;
        this.harm = harm;
    }

    /** What it is called where the model is told of it. */
    public String title() {
        return title;
    }

    /** What comes nearest to it at the moderations endpoint; empty when nothing does. */
    public Optional<Harm> harm() {
        return Optional.ofNullable(harm);
    }

    /** The one of that code; empty when there is none. */
    public static Optional<Hazard> coded(String code) {
        return Arrays.stream(values())
                .filter(hazard -> hazard.name().equals(code))
                .findFirst();
    }
}
