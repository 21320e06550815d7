package dev.parley.application.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.turn.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tools that take too long or bring too much. */
class ToolLimitsTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Origin ORIGIN = new Origin.AfterTurn(Optional.empty());
    private static final String CUT =
            "[This result was cut: it is larger than the 10 bytes that a model is given of one. Ask for less of it.]";

    private final ScriptedTools script = new ScriptedTools();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void aToolThatHangsIsNotWaitedForAndIsToldSo() {
        CountDownLatch toldToEnd = new CountDownLatch(1);
        script.tool("g", "hang", (_, wish) -> {
            wish.await(Duration.ofDays(1));
            toldToEnd.countDown();
            throw new Tools.ToolFailed("nobody waits");
        });

        Tools.ToolFailed failed =
                catchThrowableOfType(Tools.ToolFailed.class, () -> run("hang", Duration.ofMillis(20), 10));

        assertThat(failed.explanation()).isEqualTo("it took longer than 20 ms");
        Patient.await(toldToEnd);
        assertThat(cancellation.requested()).isEmpty();
    }

    @Test
    void aToolThatHeedsNothingIsLeftBehindWhenItsTurnIsCalledOff() {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        script.tool("g", "deaf", (_, _) -> {
            began.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            return new Output(Content.of("too late"), Optional.empty());
        });
        Future<Tools.ToolFailed> running = Patient.start(
                () -> catchThrowableOfType(Tools.ToolFailed.class, () -> run("deaf", Duration.ofDays(1), 10)));
        Patient.await(began);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(Patient.get(running).explanation()).isEqualTo("it was called off");
        Patient.await(interrupted);
    }

    @Test
    void whatACalledOffToolHasDoneIsStillTold() throws Tools.ToolFailed {
        script.tool("g", "heeds", (_, wish) -> {
            wish.await(Duration.ofDays(1));
            return new Output(Content.of("half"), Optional.empty());
        });
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(run("heeds", Duration.ofDays(1), 10).content()).isEqualTo(Content.of("half"));
    }

    @Test
    void aMistakeOfAToolIsThrownAsItIs() {
        script.tool("g", "throws", (_, _) -> {
            throw new IllegalStateException("a mistake");
        });

        assertThat(catchThrowableOfType(IllegalStateException.class, () -> run("throws", Duration.ofDays(1), 10)))
                .hasMessage("a mistake");
    }

    @Test
    void whatFitsStaysAsItIs() throws Tools.ToolFailed {
        Output output = new Output(
                new Content.Parts(List.of(new Part.Text("äöü"), new Part.Text(""))),
                Optional.of(new JsonText("{\"a\":1}")),
                List.of(new Source.File("f", "n", "1234")));
        script.tool("g", "fits", (_, _) -> output);

        assertThat(run("fits", Duration.ofDays(1), 10)).isSameAs(output);
    }

    @Test
    void whatIsTooLargeIsCutBetweenCharactersAndSaysSo() throws Tools.ToolFailed {
        script.tool(
                "g",
                "large",
                (_, _) -> new Output(
                        new Content.Parts(List.of(
                                new Part.Text("äöü"),
                                new Part.Image(new ImageSource.Data("aGVsbG8=")),
                                new Part.Text("a\uD83D\uDC4Db"),
                                new Part.Text("lost"))),
                        Optional.of(new JsonText("{\"large\":1}")),
                        List.of(new Source.File("f", "n", "1234"))));

        Output output = run("large", Duration.ofDays(1), 10);

        assertThat(output.content())
                .isEqualTo(new Content.Parts(List.of(new Part.Text("äöü"), new Part.Text("a"), new Part.Text(CUT))));
        assertThat(output.sources()).containsExactly(new Source.File("f", "n", ""));
        assertThat(output.metadata()).as("larger than a result may be").isEmpty();
    }

    /** The model is told of a failure as of a result, and each inference after it. */
    @Test
    void aFailureThatIsTooLargeIsCutToo() {
        script.tool("g", "fail", (_, _) -> {
            throw new Tools.ToolFailed(
                    "x".repeat(1000), new JsonText("{\"error\":\"%s\"}".formatted("x".repeat(1000))));
        });
        script.brokenServer("g-broken", "y".repeat(1000));
        String cut = "x".repeat(10) + "\n" + CUT;

        Tools.ToolFailed ofGroup = catchThrowableOfType(Tools.ToolFailed.class, () -> run("fail", LONG, 10));
        Tools.ToolFailed ofServer = catchThrowableOfType(Tools.ToolFailed.class, () -> runHosted("fail", 10));
        Tools.ToolFailed ofList = catchThrowableOfType(
                Tools.ToolFailed.class, () -> limited(LONG, 10).list(Owner.SOLE, access("g-broken"), cancellation));

        assertThat(List.of(ofGroup, ofServer)).allSatisfy(failed -> {
            assertThat(failed.explanation()).isEqualTo(cut);
            assertThat(failed.metadata()).isEmpty();
        });
        assertThat(ofList.explanation()).isEqualTo(cut.replace('x', 'y'));
    }

    @Test
    void aFailureThatFitsStaysAsItIs() {
        Tools.ToolFailed small = new Tools.ToolFailed("no", new JsonText("{\"a\":1}"));
        script.tool("g", "fail", (_, _) -> {
            throw small;
        });

        assertThat(catchThrowableOfType(Tools.ToolFailed.class, () -> run("fail", LONG, 10)))
                .isSameAs(small);
    }

    @Test
    void metadataOfAServerOfToolsIsLimitedToo() throws Tools.ToolFailed {
        script.tool("g", "structured", "fits", new JsonText("{\"structured_content\":1}"));

        assertThat(runHosted("structured", 10).metadata()).isEmpty();
        assertThat(runHosted("structured", 100).metadata()).isPresent();
    }

    @Test
    void textThatIsNoUnicodeIsMeasuredToo() throws Tools.ToolFailed {
        script.tool("g", "broken", "ab\uD83Dcdefghijkl");

        assertThat(run("broken", Duration.ofDays(1), 10).content().parts().getFirst())
                .isInstanceOfSatisfying(
                        Part.Text.class,
                        text -> assertThat(text.text()).startsWith("ab").hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void limitsAreAtLeastOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolLimits(Duration.ZERO, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolLimits(Duration.ofDays(1), 0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolLimits(Duration.ofDays(1), 1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolLimits(Duration.ofDays(1), 1, 1, 0));
    }

    private Output run(String name, Duration timeout, int size) throws Tools.ToolFailed {
        Tools.GroupCall call = new Tools.GroupCall(
                new CallForm.Grouped("g", name, Optional.empty()),
                AgentFixture.tool(name),
                new ToolCall("c", name, new ToolArguments.Json("{}")));
        return limited(timeout, size).run(Caller.of(Owner.SOLE), ORIGIN, call, cancellation);
    }

    private Output runHosted(String name, int size) throws Tools.ToolFailed {
        Tools.HostedCall call = new Tools.HostedCall(
                access("g"),
                new CallForm.Hosted(HostedKind.MCP, Optional.of("g"), name),
                new ToolCall("c", name, new ToolArguments.Json("{}")));
        return limited(LONG, size).runHosted(Owner.SOLE, call, _ -> {}, cancellation);
    }

    private Tools limited(Duration timeout, int size) {
        return new LimitedTools(script, new ToolLimits(timeout, size, 1, 1));
    }

    private static Tools.Access access(String label) {
        ToolServer server = new ToolServer(label, Optional.empty(), new Approval.Never(), Optional.empty());
        return new Tools.Access(
                new HostedTool(HostedKind.MCP, "mcp", "tools[0]", JsonText.EMPTY_OBJECT, Optional.of(server)),
                Optional.empty());
    }
}
