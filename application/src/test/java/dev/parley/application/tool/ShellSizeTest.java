package dev.parley.application.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.ShellOutput.Outcome;
import dev.parley.domain.tool.ShellOutput.Ran;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a shell brings is read by its client, too, so cutting it must leave it readable. */
class ShellSizeTest {

    private static final int LIMIT = 300;
    private static final String CUT = "\n"
            + "[This output was cut: it is too large for the 300 bytes that a model is given of one result. Ask"
            + " for less of it.]";

    @Test
    void longOutputsAreCutAndShortOnesAreWhole() throws Tools.ToolFailed {
        Ran short1 = new Ran("a".repeat(20), "", new Outcome.Exited(0));
        Ran long1 = new Ran("b".repeat(1000), "no such file", new Outcome.Exited(2));
        Ran long2 = new Ran("", "c".repeat(1000), new Outcome.TimedOut());

        ShellOutput cut = cut(new ShellOutput(List.of(short1, long1, long2), Optional.of(4096L)));

        int share = (LIMIT - 20 - "no such file".length()) / 2;
        assertThat(cut)
                .isEqualTo(new ShellOutput(
                        List.of(
                                short1,
                                new Ran("b".repeat(share) + CUT, "no such file", new Outcome.Exited(2)),
                                new Ran("", "c".repeat(share) + CUT, new Outcome.TimedOut())),
                        Optional.of(4096L)));
    }

    @Test
    void charactersAreMeasuredAsTheyAreWrittenAndStayWhole() throws Tools.ToolFailed {
        assertThat(stdoutOf("\u0000".repeat(100))).isEqualTo("\u0000".repeat(LIMIT / 6) + CUT);
        assertThat(stdoutOf("\n\"\\".repeat(100))).isEqualTo("\n\"\\".repeat(LIMIT / 6) + CUT);
        assertThat(stdoutOf("ä".repeat(200))).isEqualTo("ä".repeat(LIMIT / 2) + CUT);
        assertThat(stdoutOf("a" + "\uD83D\uDC4D".repeat(200)))
                .isEqualTo("a" + "\uD83D\uDC4D".repeat(LIMIT / 4 - 1) + CUT);
    }

    @Test
    void whatFitsStaysAsItIs() throws Tools.ToolFailed {
        Output output = new Output(
                new ShellOutput(List.of(new Ran("a".repeat(200), "", new Outcome.Exited(0))), Optional.empty())
                        .content(),
                Optional.empty());

        assertThat(run(output)).isSameAs(output);
    }

    @Test
    void whatNoShellCanHaveSaidIsReplacedByWhatOneCould() throws Tools.ToolFailed {
        Output output = run(new Output(Content.of("no JSON ".repeat(100)), Optional.empty()));

        assertThat(ShellOutput.read(output.content()))
                .contains(ShellOutput.failed("what the shell has answered is too large, and can't be read"));
    }

    private static String stdoutOf(String text) throws Tools.ToolFailed {
        return cut(new ShellOutput(List.of(new Ran(text, "", new Outcome.Exited(0))), Optional.empty()))
                .ran()
                .getFirst()
                .stdout();
    }

    private static ShellOutput cut(ShellOutput whole) throws Tools.ToolFailed {
        assertThat(whole.content().text().getBytes(UTF_8)).hasSizeGreaterThan(LIMIT);
        return ShellOutput.read(
                        run(new Output(whole.content(), Optional.empty())).content())
                .orElseThrow();
    }

    private static Output run(Output brought) throws Tools.ToolFailed {
        HostedTool declared = new HostedTool(HostedKind.SHELL, Shell.NAME, "tools[0]", JsonText.EMPTY_OBJECT);
        Tools.HostedCall call = new Tools.HostedCall(
                new Tools.Access(declared, Optional.empty()),
                new CallForm.Hosted(HostedKind.SHELL, Optional.empty(), Shell.NAME, Optional.of("cntr_1")),
                new ToolCall("call_1", Shell.NAME, new ToolArguments.Json("{\"commands\":[\"ls\"]}")));
        return new LimitedTools(
                        new ScriptedTools().shell((_, _) -> brought), new ToolLimits(Duration.ofDays(1), LIMIT, 1, 1))
                .runHosted(Owner.SOLE, call, _ -> {}, new Cancellation());
    }
}
