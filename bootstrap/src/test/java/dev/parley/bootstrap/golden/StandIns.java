package dev.parley.bootstrap.golden;

import dev.parley.application.port.Shields;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.ScriptedShields;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.turn.Violation;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Tools and shields in the place of those that the product does not have yet. */
@Factory
@Requires(property = StandIns.WANTED)
final class StandIns {

    static final String WANTED = "golden.stand-ins";

    @Singleton
    @Replaces(Tools.class)
    Tools tools() {
        return new ScriptedTools()
                .tool(
                        "lab",
                        "weigh",
                        (call, _) -> new Tools.Output(
                                Content.of("Weighed %s: 140 g"
                                        .formatted(call.arguments().text())),
                                Optional.of(new JsonText("{\"scale\": 2, \"exact\":1.10}"))))
                .tool("lab", "count", "Counted: 3")
                .tool("ruins", "throws", (_, _) -> {
                    throw new IllegalStateException("a secret of the server");
                })
                .tool("ruins", "gives_up", (_, _) -> {
                    throw new Tools.ToolFailed("the drawer is stuck");
                })
                .tool("ruins", "says_nothing", "")
                .tool("queue", "wait", (_, cancellation) -> {
                    cancellation.await(Duration.ofSeconds(30));
                    throw new Tools.ToolFailed("nobody waits for it any more");
                });
    }

    @Singleton
    @Replaces(Shields.class)
    Shields shields() {
        return new ScriptedShields()
                .objectsTo("guard", "forbidden", Violation.Level.ERROR)
                .objectsTo("prude", "daring", Violation.Level.WARN)
                .shield(
                        "mute",
                        text -> Optional.of(
                                        new Violation(Violation.Level.ERROR, Optional.empty(), JsonText.EMPTY_OBJECT))
                                .filter(_ -> text.contains("forbidden")))
                .fails("torn");
    }
}
