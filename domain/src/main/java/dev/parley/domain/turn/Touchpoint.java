package dev.parley.domain.turn;

/** Which side of the model a shield looks at. */
public enum Touchpoint {
    USER_INPUT,
    ASSISTANT_OUTPUT
}
