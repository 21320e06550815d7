package dev.parley.domain.turn;

/** The kinds of step (agents-api 2.8), and those that only the Responses API knows. */
public enum StepKind {
    INFERENCE,
    TOOL_EXECUTION,
    SHIELD_CALL,
    MEMORY_RETRIEVAL,
    COMPACTION,
    TOOL_LISTING
}
