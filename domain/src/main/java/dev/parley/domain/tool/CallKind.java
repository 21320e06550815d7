package dev.parley.domain.tool;

/** The families of calls: an answer fits a call of its own family only (responses-api 3.1). */
public enum CallKind {
    FUNCTION,
    CUSTOM,
    LOCAL_SHELL,
    SHELL,
    APPLY_PATCH,
    COMPUTER,
    /** Run and answered by this server, in one item. */
    HOSTED
}
