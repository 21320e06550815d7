package dev.parley.domain.item;

/** How far an item has come. */
public enum ItemStatus {
    IN_PROGRESS,
    COMPLETED,
    /** It was cut off, and will not go on. */
    INCOMPLETE,
    FAILED
}
