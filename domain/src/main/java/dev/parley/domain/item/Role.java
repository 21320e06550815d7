package dev.parley.domain.item;

/** Whose words a message holds. */
public enum Role {
    USER,
    SYSTEM,
    DEVELOPER,
    ASSISTANT
}
