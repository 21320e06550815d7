package dev.parley.inference.testing;

/**
 * A reply that some engine was seen to send, and that a client has to make sense of.
 *
 * <p>The cases are enums so that a test over them is a switch which stops compiling when a case is added.
 */
public sealed interface UpstreamScenario
        permits TextScenario, FramingScenario, ToolCallScenario, ErrorScenario, FaultScenario {

    /** The reply, byte for byte as the engine frames it. */
    Reply reply();
}
