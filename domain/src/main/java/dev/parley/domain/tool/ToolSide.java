package dev.parley.domain.tool;

/** Who runs a tool. */
public enum ToolSide {
    /** The client: the turn rests until it answers. */
    CLIENT,
    /** This server, in the middle of the turn. */
    SERVER
}
