package dev.parley.domain.tool;

/** The tools that a server runs on a model's behalf, as the Responses API tells them apart. */
public enum HostedKind {
    FILE_SEARCH,
    WEB_SEARCH,
    MCP,
    CODE_INTERPRETER,
    IMAGE_GENERATION,
    /** Told as two items, the call and its output: as the shell that clients run is. */
    SHELL
}
